import { assert, assertEquals, assertMatch } from "@std/assert";
import { e2e, type Stage } from "../helpers/bailout.ts";
import { Gateway, NO_PROMETHEUS } from "../helpers/pushgateway.ts";
import { freePort, Receiver } from "../helpers/receiver.ts";

const REAL = { skip: NO_PROMETHEUS };
const DOOMED = ["sh", "-c", "echo NotFound: 404; exec sleep 300"];

function push(stage: Stage, url: string, args: string[]) {
  return stage.run(["--interval=100ms", "--pushgateway", url, ...args]);
}

e2e("a bail-out's metrics reach a real Pushgateway, and promtool likes them", async (stage) => {
  await using gateway = await Gateway.start(stage);
  const { code, stderr } = await push(stage, gateway.url, ["--exit-codes=category", ...DOOMED]);
  assertEquals([code, stderr.includes("warning")], [11, false]);
  const series = (await gateway.ours()).map((line) => line.replace(/ [\d.e-]+$/, " N"));
  assertEquals(series, [
    'bailout_detection_delay_seconds{category="permission",job="sh",rule="not-found"} N',
    'bailout_findings_total{category="permission",job="sh",rule="not-found"} N',
    'bailout_run_duration_seconds{job="sh"} N',
    'bailout_runs_total{cause="finding",exit_code="11",job="sh"} N',
  ]);
  const page = await gateway.metrics();
  for (const counter of ["bailout_findings_total", "bailout_runs_total"]) {
    assertMatch(page, new RegExp(`^# TYPE ${counter} counter\n${counter}\\{.*\\} 1$`, "m"));
  }
  const check = stage.start("promtool", ["check", "metrics"], { stdin: page });
  assertEquals(await check.outcome().then(({ code, stdout, stderr }) => [code, stdout, stderr]), [
    0,
    "",
    "",
  ]);
}, REAL);

e2e("a run replaces what the run before it has pushed", async (stage) => {
  await using gateway = await Gateway.start(stage);
  await push(stage, gateway.url, DOOMED);
  await push(stage, `${gateway.url}/`, ["sh", "-c", "exit 3"]);
  const series = await gateway.ours();
  assertEquals(series.length, 2);
  assertEquals(series[1], 'bailout_runs_total{cause="exit",exit_code="3",job="sh"} 1');
}, REAL);

e2e("the job is the run's name, in any letters; the instance is the host", async (stage) => {
  await using gateway = await Gateway.start(stage);
  for (const name of ["W&B agent", "a/b?c#d", "ä 100%"]) {
    const { stderr } = await push(stage, gateway.url, ["--name", name, "true"]);
    assertEquals(stderr.includes("warning"), false, stderr);
  }
  const jobs = (await gateway.metrics()).matchAll(/^bailout_runs_total.*job="([^"]*)"/gm);
  assertEquals(Array.from(jobs, ([, job]) => job).sort(), ["W&B agent", "a-b?c#d", "ä 100%"]);
  const [, instance] = /^bailout_runs_total.*instance="([^"]*)"/m.exec(await gateway.metrics())!;
  assertEquals(instance, Deno.hostname());
}, REAL);

e2e("a Pushgateway that isn't there is one warning, and the exit code stays", async (stage) => {
  const { code, stderr } = await push(stage, `http://127.0.0.1:${freePort()}`, [
    "sh",
    "-c",
    "exit 3",
  ]);
  assertEquals(code, 3);
  assertMatch(stderr, /bailout: warning: cannot push to the Pushgateway at 127\.0\.0\.1:\d+: .+\n/);
  assertEquals(stderr.match(/warning/g)?.length, 1);
});

e2e("a Pushgateway that refuses, redirects or hangs is one warning", async (stage) => {
  const forever = Promise.withResolvers<Response>();
  const answers: (Response | Promise<Response>)[] = [
    new Response("no thanks", { status: 403 }),
    new Response(null, { status: 302, headers: { location: "http://127.0.0.1:9/" } }),
    forever.promise,
  ];
  await using receiver = new Receiver((_, index) => answers[index]!);
  for (
    const [problem, least] of [["403", 0], ["302", 0], ["no answer within 3 s", 2900]] as const
  ) {
    const { code, stderr, ms } = await push(stage, receiver.url, ["sh", "-c", "exit 3"]);
    assertEquals(code, 3);
    assertMatch(stderr, new RegExp(`warning: cannot push to the Pushgateway at .*${problem}`));
    assertEquals(stderr.match(/warning/g)?.length, 1);
    assert(ms >= least && ms < 5000, `${ms} ms`);
  }
  forever.resolve(new Response());
});

e2e("a stop by signal is pushed too", async (stage) => {
  await using receiver = new Receiver();
  const run = stage.bailout([
    ...["--pushgateway", receiver.url, "sh", "-c"],
    "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done",
  ]);
  await run.saw("ready");
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 0);
  assertEquals(receiver.requests.map(({ method }) => method), ["PUT"]);
  assertMatch(
    receiver.requests[0]!.text,
    /^bailout_runs_total\{cause="signal",exit_code="0"\} 1$/m,
  );
});
