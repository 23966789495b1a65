import type { Config } from "../core/config.ts";
import type { Placement } from "../core/signal_mode.ts";
import type { SignalName } from "../core/signals.ts";
import type { SpawnFailure } from "../core/verdict.ts";
import type { Child } from "../host/child.ts";
import type { Host } from "../host/host.ts";
import type { Sinks } from "../host/sinks/sinks.ts";
import { launch, type Launched } from "../launch.ts";
import { supervise } from "../supervisor.ts";
import { config } from "./builders.ts";
import { FakeChild } from "./fake_child.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeWriter } from "./fake_writer.ts";

type Listener = { signal: Deno.Signal; call: () => void };

/** The child's tree: remembers what was done to it. */
class FakeTree {
  /** `stop SIGTERM`, `forward SIGINT`, `wake`, `suspend`, in order. */
  readonly calls: string[] = [];
  /** Processes that outlive the child. */
  leftovers = false;
  reaped = 0;
  #leaderAlive = false;

  placement: Placement | undefined;

  adopt(_pid: number, placement: Placement): void {
    this.#leaderAlive = true;
    this.placement = placement;
  }
  leaderExited(): void {
    this.#leaderAlive = false;
  }
  reap(): void {
    this.reaped++;
  }
  gone(): boolean {
    return !this.#leaderAlive && !this.leftovers;
  }
  forward(signal: SignalName): void {
    this.calls.push(`forward ${signal}`);
  }
  stop(signal: SignalName): void {
    this.calls.push(`stop ${signal}`);
  }
  wake(): void {
    this.calls.push("wake");
  }
  suspend(): void {
    this.calls.push("suspend");
  }
}

/** Keeps what the sinks get: what was called, with all but the signal to give up. */
class FakeSinks implements Sinks {
  readonly calls: { sink: keyof Sinks; args: unknown[] }[] = [];
  /** What each of these does instead. */
  readonly replaced: Partial<Record<keyof Sinks, (signal?: AbortSignal) => Promise<void>>> = {};

  verdictFile = (...args: unknown[]) => this.#call("verdictFile", args);
  terminationLog = (...args: unknown[]) => this.#call("terminationLog", args);
  errorFile = (...args: unknown[]) => this.#call("errorFile", args);
  webhook = (...args: unknown[]) => this.#call("webhook", args);
  pushgateway = (...args: unknown[]) => this.#call("pushgateway", args);
  otlp = (...args: unknown[]) => this.#call("otlp", args);

  /** The arguments of the only call of a sink; `undefined` if there was none. */
  got(sink: keyof Sinks): unknown[] | undefined {
    return this.calls.find((call) => call.sink === sink)?.args;
  }

  #call(sink: keyof Sinks, args: unknown[]): Promise<void> {
    const signal = args.find((arg) => arg instanceof AbortSignal);
    this.calls.push({ sink, args: args.filter((arg) => arg !== signal) });
    return this.replaced[sink]?.(signal) ?? Promise.resolve();
  }
}

/** A world without processes, in which time passes only when the test says so. */
export class FakeHost implements Host {
  readonly clock = new FakeClock();
  readonly stdout = new FakeWriter();
  readonly stderr = new FakeWriter();
  readonly log = new FakeWriter();
  readonly tree = new FakeTree();
  readonly sinks = new FakeSinks();
  readonly loadCode = undefined;
  readonly child = new FakeChild();
  readonly commands: string[][] = [];
  /** By descriptor, what a flood brings past the child's stream; without an entry there is no way. */
  readonly teed = new Map<number, Uint8Array[]>();
  readonly logs: { path: string; maxBytes: number }[] = [];
  stdoutEnded = false;
  readonly #listeners = new Set<Listener>();
  colorful = false;
  interactive = false;
  /** What the child was started with. */
  ownSession: boolean | undefined;
  /** What `spawn` answers instead of the child; an `Error` is thrown. */
  failure: SpawnFailure | Error | undefined;
  warnOfLog: (text: string) => void = () => {};

  get listening(): number {
    return this.#listeners.size;
  }

  /** The signal arrives at bailout. */
  send(signal: Deno.Signal): void {
    for (const listener of [...this.#listeners]) if (listener.signal === signal) listener.call();
  }

  spawn(command: readonly [string, ...string[]], ownSession: boolean): Child | SpawnFailure {
    this.ownSession = ownSession;
    this.commands.push([...command]);
    if (this.failure instanceof Error) throw this.failure;
    return this.failure ?? this.child;
  }

  endStdout(): void {
    this.stdoutEnded = true;
  }

  tee(from: number) {
    const move = () => this.teed.get(from)?.shift();
    return { possible: this.teed.has(from), move };
  }

  listen<S extends Deno.Signal>(signals: readonly S[], listener: (signal: S) => void): () => void {
    const added: Listener[] = signals.map((signal) => ({ signal, call: () => listener(signal) }));
    for (const one of added) this.#listeners.add(one);
    return () => {
      for (const one of added) this.#listeners.delete(one);
    };
  }

  openLog(path: string, maxBytes: number, warn: (text: string) => void) {
    this.logs.push({ path, maxBytes });
    this.warnOfLog = warn;
    return Promise.resolve({
      write: async (bytes: Uint8Array) => void await this.log.write(bytes),
    });
  }
}

/** A run under way, and its exit code once it has one. */
export class FakeRun {
  readonly host: FakeHost;
  readonly ended: Promise<number>;
  code: number | undefined;

  /** `loading` resolves when what looks after the child has been loaded. */
  constructor(
    fields: Partial<Config> = {},
    host: FakeHost = new FakeHost(),
    loading: Promise<void> = Promise.resolve(),
  ) {
    this.host = host;
    const full = config(fields);
    const load = () => loading.then(() => (launched: Launched) => supervise(full, host, launched));
    this.ended = launch(full, host, load).then((code) => this.code = code);
  }
}
