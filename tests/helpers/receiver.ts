/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly type: string | null;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

type Answer = (request: Received, index: number) => Response | Promise<Response>;

/** A web server on a free loopback port that keeps what it gets. */
export class Receiver {
  readonly requests: Received[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(answer: Answer = () => new Response("fine")) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (request) => {
        const body = new Uint8Array(await request.arrayBuffer());
        const received: Received = {
          method: request.method,
          path: new URL(request.url).pathname,
          type: request.headers.get("content-type"),
          body,
          text: new TextDecoder().decode(body),
        };
        return answer(received, this.requests.push(received) - 1);
      },
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What came as JSON. */
  json(index = 0): Record<string, unknown> {
    return JSON.parse(this.requests[index]!.text);
  }

  // deno-lint-ignore no-explicit-any
  async [Symbol.asyncDispose](..._: any): Promise<void> {
    await this.#server.shutdown();
  }
}

/** A port that nobody listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
