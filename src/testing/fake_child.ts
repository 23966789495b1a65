import type { StreamName } from "../core/line.ts";
import type { ChildStatus } from "../core/verdict.ts";
import type { Child } from "../host/child.ts";
import { bytes } from "./builders.ts";

type Pipe = ReadableStream<Uint8Array<ArrayBuffer>>;

/** A child that does what the test says. */
export class FakeChild implements Child {
  readonly pid = 4242;
  readonly stdout: Pipe;
  readonly stderr: Pipe;
  readonly pipes = { stdout: 11, stderr: 12 };
  readonly status: Promise<ChildStatus>;
  /** Pipes that nobody wants to read any more. */
  readonly cancelled: StreamName[] = [];
  readonly #controllers = {} as Record<StreamName, ReadableByteStreamController>;
  readonly #exit: (status: ChildStatus) => void;

  constructor() {
    this.stdout = this.#pipe("stdout");
    this.stderr = this.#pipe("stderr");
    const { promise, resolve } = Promise.withResolvers<ChildStatus>();
    this.status = promise;
    this.#exit = resolve;
  }

  print(text: string, stream: StreamName = "stdout"): void {
    this.#controllers[stream].enqueue(bytes(text));
  }

  /** Ends, and with it both of its pipes. */
  exit(code: number, signal?: string): void {
    this.exitWithOpenPipes(code, signal);
    this.closePipe("stdout");
    this.closePipe("stderr");
  }

  /** Ends while somebody else holds its pipes open. */
  exitWithOpenPipes(code: number, signal?: string): void {
    this.#exit({ code, signal });
  }

  closePipe(stream: StreamName): void {
    const controller = this.#controllers[stream];
    controller.close();
    // A read that is under way ends only so.
    controller.byobRequest?.respond(0);
  }

  #pipe(stream: StreamName): Pipe {
    return new ReadableStream({
      type: "bytes",
      start: (controller) => {
        this.#controllers[stream] = controller;
      },
      cancel: () => {
        this.cancelled.push(stream);
      },
    }) as Pipe;
  }
}
