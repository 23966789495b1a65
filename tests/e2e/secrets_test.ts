import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";
import { Receiver } from "../helpers/receiver.ts";
import { parseRecord } from "../helpers/record.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

const PASSWORD = 'pa/ss+wörd="1"&';
const WANDB = "0123456789abcdef0123456789abcdef01234567";
const SIGNATURE = "8f3a9c0112bb";

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** What must not get out, in each spelling that the log has. */
const SPELLINGS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  base64(PASSWORD),
  JSON.stringify(PASSWORD).slice(1, -1),
  WANDB,
  SIGNATURE,
  "ya29.a0AfH6SMBxyz",
];

const LOG = [
  `plain ${PASSWORD} end`,
  `url https://example.com/?p=${encodeURIComponent(PASSWORD)}`,
  `base64 ${base64(PASSWORD)} end`,
  JSON.stringify({ json: PASSWORD, level: "info" }),
  `wandb ${WANDB} end`,
  `GET https://storage.example/o?X-Goog-Signature=${SIGNATURE}&x=1`,
  "Authorization: Bearer ya29.a0AfH6SMBxyz",
  `NotFound: 404 bucket for ${PASSWORD}`,
];

for (const format of ["text", "json"]) {
  e2e(
    `no secret leaves through a sink or the report (${format}), the stream is whole`,
    async (stage) => {
      await inTempDir(async (dir) => {
        await using receiver = new Receiver();
        const { code, stdout, stderr } = await stage.run([
          ...["--interval=100ms", `--format=${format}`, "--name", `agent ${PASSWORD}`],
          ...[`--verdict-file=${dir}/v.json`, `--termination-log=${dir}/t`],
          ...[`--webhook=${receiver.url}/hook`, `--pushgateway=${receiver.url}`],
          ...["sh", "-c", 'printf "%s\\n" "$0"; exec sleep 300', LOG.join("\n")],
        ], {
          env: {
            SERVICE_PASSWORD: PASSWORD,
            TORCHELASTIC_ERROR_FILE: `${dir}/e.json`,
            OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
            OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
            GITHUB_ACTIONS: "true",
          },
        });
        assertEquals([code, stdout], [1, `${LOG.join("\n")}\n`]);
        const files = ["v.json", "t", "e.json"].map((name) =>
          Deno.readTextFileSync(`${dir}/${name}`)
        );
        assertEquals(receiver.requests.length, 3);
        const sent = receiver.requests.map(({ path, text }) => path + text);
        for (const text of [stderr, ...files, ...sent]) {
          for (const spelling of SPELLINGS) {
            assert(!text.includes(spelling), `${spelling} in ${text}`);
            assert(!text.includes(JSON.stringify(spelling).slice(1, -1)), `${spelling} in ${text}`);
          }
        }
        const { context } = parseRecord(files[0]!);
        assertEquals(context.slice(-LOG.length), [
          "plain *** end",
          "url https://example.com/?p=***",
          "base64 ***== end",
          '{"json":"***","level":"info"}',
          "wandb *** end",
          "GET https://storage.example/o?X-Goog-Signature=***&x=1",
          "Authorization: Bearer ***",
          "NotFound: 404 bucket for ***",
        ]);
        assertStringIncludes(stderr, "NotFound: 404 bucket for ***");
      });
    },
  );
}
