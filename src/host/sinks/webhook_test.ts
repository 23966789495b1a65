import { assertEquals, assertRejects } from "@std/assert";
import { FakeClock, settle } from "../../testing/fake_clock.ts";
import { postWebhook } from "./webhook.ts";

const URL_ = "https://hooks.example/secret?a=1";

type Answer = Response | Error | "hang";

/** A server that gives these answers, one after the other. */
function server(...answers: Answer[]) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const requests: { url: string; at: number; body: unknown; type: string | null }[] = [];
  const fetch = (input: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const type = new Headers(init?.headers).get("content-type");
    requests.push({ url: String(input), at: clock.elapsed, body: init?.body, type });
    assertEquals([init?.method, init?.redirect], ["POST", "manual"]);
    const answer = answers.shift()!;
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer !== "hang") return Promise.resolve(answer);
    return new Promise((_, reject) => {
      init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason));
    });
  };
  const post = postWebhook(URL_, '{"version":1}', { clock, signal: stop.signal, fetch });
  post.catch(() => {});
  return { clock, requests, post, stop };
}

/** The reason for which the webhook was given up, after `ms`. */
async function failure({ clock, post }: ReturnType<typeof server>, ms = 10_000): Promise<string> {
  await clock.pass(ms);
  return (await assertRejects(() => post, Error)).message;
}

const OK = () => new Response("fine");
const answer = (status: number, headers: HeadersInit = {}) =>
  new Response(null, { status, headers });

Deno.test("postWebhook() posts the body as JSON, once", async () => {
  const { post, requests, clock } = server(OK());
  await post;
  const body = '{"version":1}';
  assertEquals(requests, [{ url: URL_, at: 0, body, type: "application/json" }]);
  assertEquals(clock.pending, 0);
});

const REFUSED = new TypeError(
  "error sending request for url (https://hooks.example/secret?a=1): client error (Connect): " +
    "tcp connect error: Connection refused (os error 111)",
);

const TEMPORARY: [name: string, answer: Answer, reason: string, secondAt: number][] = [
  ["the answer 500", answer(500), "the server answered 500", 250],
  ["the answer 429", answer(429), "the server answered 429", 250],
  ["a refused connection", REFUSED, "tcp connect error: Connection refused", 250],
  ["no answer", "hang", "no answer within 3 s", 3250],
];
for (const [name, first, reason, secondAt] of TEMPORARY) {
  Deno.test(`postWebhook() tries again after ${name}`, async () => {
    const { clock, post, requests } = server(first, OK());
    await clock.pass(5000);
    await post;
    assertEquals(requests.map(({ at }) => at), [0, secondAt]);
    assertEquals(clock.pending, 0);
  });

  Deno.test(`postWebhook() gives up after ${name}, twice`, async () => {
    const again = first instanceof Response ? answer(first.status) : first;
    const own = server(first, again, OK());
    assertEquals(await failure(own), reason);
    assertEquals([own.requests.length, own.clock.pending], [2, 0]);
  });
}

Deno.test("postWebhook() doesn't try again what the server has refused", async () => {
  for (const status of [400, 401, 404, 410]) {
    const own = server(answer(status), OK());
    assertEquals(await failure(own), `the server answered ${status}`);
    assertEquals(own.requests.length, 1);
  }
});

Deno.test("postWebhook() follows redirects on the same host, with the body", async () => {
  const { post, requests } = server(answer(308, { location: "/other" }), OK());
  await post;
  assertEquals(requests.map(({ url, body }) => [url, body]), [
    [URL_, '{"version":1}'],
    ["https://hooks.example/other", '{"version":1}'],
  ]);
});

for (
  const [location, reason] of [
    ["https://evil.example/x", "it redirects to another host, https://evil.example"],
    ["https://hooks.example:8443/x", "it redirects to another host, https://hooks.example:8443"],
    ["http://hooks.example/x", "it redirects to another host, http://hooks.example"],
    ["http://", "the server redirects to no URL"],
  ] as const
) {
  Deno.test(`postWebhook() doesn't follow a redirect to ${location}`, async () => {
    const own = server(answer(302, { location }), OK());
    assertEquals(await failure(own), reason);
    assertEquals(own.requests.length, 1);
  });
}

Deno.test("postWebhook() follows at most three redirects", async () => {
  const redirect = () => answer(307, { location: URL_ });
  const own = server(redirect(), redirect(), redirect(), redirect(), OK());
  assertEquals(await failure(own), "more than 3 redirects");
  assertEquals(own.requests.length, 4);
});

Deno.test("postWebhook() doesn't read the answer", async () => {
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    cancel: () => void (cancelled = true),
  });
  await server(new Response(endless)).post;
  assertEquals(cancelled, true);
});

Deno.test("postWebhook() ends when it is told to, also while it waits to try again", async () => {
  for (const first of ["hang", answer(500)] as const) {
    const own = server(first, OK());
    await own.clock.pass(100);
    own.stop.abort(new Error("told to"));
    await settle();
    assertEquals(await failure(own), "told to");
    assertEquals([own.requests.length, own.clock.pending], [1, 0]);
  }
});
