import { assert, assertEquals, assertMatch } from "@std/assert";
import { e2e, type Outcome, type Stage } from "../helpers/bailout.ts";
import { freePort, Receiver } from "../helpers/receiver.ts";
import { parseRecord } from "../helpers/record.ts";

/** A bail-out with a webhook. */
function bailOut(stage: Stage, url: string, options: string[] = []): Promise<Outcome> {
  const script = "echo NotFound: 404 bucket; exec sleep 300";
  return stage.run([
    ...["--interval=100ms", "--webhook", `${url}/hook/password`, ...options],
    ...["sh", "-c", script],
  ]);
}

function warnings({ stderr }: Outcome): string[] {
  return stderr.match(/^bailout: warning: .*$/gm) ?? [];
}

/** The run ended as it would have without the webhook, and its last line is the verdict. */
function assertBailedOut(outcome: Outcome): void {
  assertEquals(outcome.code, 1);
  assertMatch(outcome.stderr, /✗ sh stopped by rule not-found after .* \(exit code: 1\)\n$/);
}

e2e("the webhook gets the record of a bail-out, and nothing of a healthy run", async (stage) => {
  await using receiver = new Receiver();
  const outcome = await bailOut(stage, receiver.url);
  assertBailedOut(outcome);
  assertEquals(warnings(outcome), []);
  const [{ method, path, type, text }, ...more] = receiver.requests as [
    typeof receiver.requests[0],
  ];
  assertEquals([method, path, type], ["POST", "/hook/password", "application/json"]);
  assertEquals([parseRecord(text!).rule, more.length], ["not-found", 0]);
  await stage.run(["--webhook", receiver.url, "sh", "-c", "exit 3"]);
  assertEquals(receiver.requests.length, 1);
});

e2e("--webhook-format slack sends a message for Slack", async (stage) => {
  await using receiver = new Receiver();
  assertBailedOut(await bailOut(stage, receiver.url, ["--webhook-format=slack"]));
  assertEquals(receiver.json().text, "🚨 FATAL ERROR DETECTED: Resource not found (404)!");
});

e2e("the webhook is tried again after a 500", async (stage) => {
  await using receiver = new Receiver((_, index) =>
    new Response(null, { status: index === 0 ? 500 : 200 })
  );
  const outcome = await bailOut(stage, receiver.url);
  assertBailedOut(outcome);
  assertEquals([receiver.requests.length, warnings(outcome)], [2, []]);
  assertEquals(receiver.requests[0]!.text, receiver.requests[1]!.text);
});

e2e(
  "a webhook that never answers delays the exit by its timeout, the stop not at all",
  async (stage) => {
    const forever = Promise.withResolvers<Response>();
    await using receiver = new Receiver(() => forever.promise);
    const outcome = await bailOut(stage, receiver.url);
    forever.resolve(new Response());
    assertBailedOut(outcome);
    assert(outcome.ms > 6000 && outcome.ms < 8500, `${outcome.ms} ms`);
    const { host } = new URL(receiver.url);
    assertEquals(warnings(outcome), [
      `bailout: warning: cannot reach the webhook at ${host}: no answer within 3 s`,
    ]);
    const { detectedAt, endedAt } = parseRecord(receiver.requests[0]!.text);
    assert(Date.parse(endedAt) - Date.parse(detectedAt!) < 2000);
  },
);

e2e("a webhook that nobody listens at is one warning, without its path", async (stage) => {
  const outcome = await bailOut(stage, `http://127.0.0.1:${freePort()}`);
  assertBailedOut(outcome);
  assertEquals(warnings(outcome).length, 1);
  assertMatch(warnings(outcome)[0]!, /webhook at 127\.0\.0\.1:\d+: .*connection refused$/);
  assertEquals(outcome.stderr.includes("password"), false);
});

e2e("a webhook's redirect is followed on its host, and never to another", async (stage) => {
  await using other = new Receiver();
  await using receiver = new Receiver(({ path }) => {
    if (path.startsWith("/moved")) return new Response();
    return new Response(null, { status: 307, headers: { location: "/moved" } });
  });
  assertEquals(warnings(await bailOut(stage, receiver.url)), []);
  assertEquals(receiver.requests.map(({ path }) => path), ["/hook/password", "/moved"]);
  await using leaving = new Receiver(() =>
    new Response(null, { status: 307, headers: { location: `${other.url}/x` } })
  );
  const outcome = await bailOut(stage, leaving.url);
  assertBailedOut(outcome);
  assertEquals([leaving.requests.length, other.requests.length], [1, 0]);
  assertMatch(warnings(outcome)[0]!, /it redirects to another host, http:\/\/127\.0\.0\.1:\d+$/);
});

e2e("an answer of 10 MB is not read", async (stage) => {
  let sent = 0;
  const chunk = new Uint8Array(64 * 1024);
  await using receiver = new Receiver(() =>
    new Response(
      new ReadableStream({
        pull(controller) {
          sent += chunk.length;
          if (sent > 10 * 2 ** 20) controller.close();
          else controller.enqueue(chunk);
        },
      }),
    )
  );
  const outcome = await bailOut(stage, receiver.url);
  assertBailedOut(outcome);
  assertEquals(warnings(outcome), []);
  // What the kernel's buffers take, no more.
  assert(sent < 9 * 2 ** 20, `${sent} bytes`);
});

e2e("a wrong URL is a usage error that doesn't repeat all of it", async (stage) => {
  const env = { BAILOUT_WEBHOOK: "hooks.slack.com/services/T0/B0/password" };
  const { code, stderr } = await stage.run(["true"], { env });
  assertEquals(code, 2);
  assertMatch(stderr, /^bailout: BAILOUT_WEBHOOK: "hooks.slack.com\/serv…" is not a URL \(/);
});
