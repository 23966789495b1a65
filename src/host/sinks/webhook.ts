import manifest from "../../../deno.json" with { type: "json" };
import type { Clock } from "../clock.ts";

/** How long one attempt may take, ms. */
export const ATTEMPT_MS = 3000;
/** Between the first attempt and the second, ms. */
export const RETRY_MS = 250;

const MAX_REDIRECTS = 3;
/** The redirects after which a client repeats the request with its body, or may. */
const REDIRECTS = [301, 302, 307, 308];

export interface WebhookOptions {
  readonly clock: Clock;
  /** Ends the attempts before their time. */
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** An answer after which asking again may help: the server's trouble, or too many at once. */
class Temporary extends Error {}

/**
 * POSTs JSON, within 3 s and with one retry where that may help. The answer's body is never read.
 * @throws {Error} with a reason that doesn't repeat the URL, for it is often its own password.
 */
export async function postWebhook(
  url: string,
  body: string,
  options: WebhookOptions,
): Promise<void> {
  try {
    return await attempt(url, body, options);
  } catch (error) {
    if (!(error instanceof Temporary) || options.signal.aborted) throw error;
  }
  await pause(options);
  await attempt(url, body, options);
}

async function attempt(url: string, body: string, options: WebhookOptions): Promise<void> {
  const late = new AbortController();
  const { clock } = options;
  const cancel = clock.timer(clock.now() + ATTEMPT_MS, () => late.abort());
  const signal = AbortSignal.any([late.signal, options.signal]);
  try {
    const status = await send(new URL(url), body, signal, options.fetch ?? fetch);
    if (status >= 500 || status === 429 || status === 408) {
      throw new Temporary(`the server answered ${status}`);
    }
    if (status < 200 || status > 299) throw new Error(`the server answered ${status}`);
  } catch (error) {
    if (late.signal.aborted) throw new Temporary(`no answer within ${ATTEMPT_MS / 1000} s`);
    // A connection that failed: the URL in the message is not for a log.
    if (error instanceof TypeError) throw new Temporary(reasonOf(error));
    throw error;
  } finally {
    cancel();
  }
}

async function send(
  first: URL,
  body: string,
  signal: AbortSignal,
  fetcher: typeof fetch,
): Promise<number> {
  for (let url = first, redirects = 0;; redirects++) {
    const response = await fetcher(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "user-agent": `bailout/${manifest.version}`,
      },
      redirect: "manual",
      signal,
    });
    // Unread: it may be endless.
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (!REDIRECTS.includes(response.status) || location === null) return response.status;
    if (!URL.canParse(location, url)) throw new Error("the server redirects to no URL");
    const next = new URL(location, url);
    // The record is for this host only, and not for everybody on the way to it.
    if (next.host !== url.host || next.protocol !== url.protocol) {
      throw new Error(`it redirects to another host, ${next.protocol}//${next.host}`);
    }
    if (redirects === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects`);
    url = next;
  }
}

/** `error sending request for url (…): client error (Connect): tcp connect error: … (os error 1)` */
function reasonOf({ message }: Error): string {
  return message.replace(/^error sending request.*?: (?:client error \([^)]*\): )?/, "")
    .replace(/ \(os error \d+\)$/, "");
}

function pause({ clock, signal }: WebhookOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.timer(clock.now() + RETRY_MS, resolve);
    signal.addEventListener("abort", () => {
      cancel();
      reject(signal.reason);
    });
  });
}
