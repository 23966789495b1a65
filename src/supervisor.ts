import { Closing } from "./closing.ts";
import type { Config } from "./core/config.ts";
import type { Effect } from "./core/effect.ts";
import type { Event } from "./core/event.ts";
import { step } from "./core/lifecycle.ts";
import { INITIAL_STATE, type State } from "./core/state.ts";
import type { StreamName } from "./core/line.ts";
import { createMask, maskFinding } from "./core/mask.ts";
import { maskConfig } from "./core/masked_config.ts";
import { type Placement, placement } from "./core/signal_mode.ts";
import { FORWARDED_SIGNALS } from "./core/signals.ts";
import { Deadline } from "./deadline.ts";
import { Detection } from "./detection.ts";
import { EventQueue } from "./event_queue.ts";
import type { Child } from "./host/child.ts";
import { Flood } from "./host/flood.ts";
import type { Host } from "./host/host.ts";
import type { LogFile } from "./host/log_file.ts";
import { Outlet } from "./host/outlet.ts";
import { Pump } from "./host/pump.ts";
import { COLORED, PLAIN } from "./render/paint.ts";
import { Voice } from "./voice.ts";

/** How often a tree that should vanish is looked at, ms; SIGCHLD usually tells sooner. */
const TREE_POLL_MS = 50;

/**
 * Runs one command to its end and returns bailout's exit code. This is the one loop: next event,
 * `step`, carry out the effects. The child's bytes don't pass through it (pump.ts).
 * @throws whatever is a fault of bailout itself, after killing the child's tree.
 */
export async function supervise(config: Config, host: Host): Promise<number> {
  const run = new Run(config, host);
  try {
    return await run.loop();
  } catch (error) {
    host.tree.stop("SIGKILL");
    throw error;
  } finally {
    run.dispose();
  }
}

class Run {
  readonly #config: Config;
  readonly #host: Host;
  readonly #events = new EventQueue<Event>();
  readonly #stdout: Outlet;
  readonly #stderr: Outlet;
  readonly #voice: Voice;
  readonly #detection: Detection;
  readonly #closing: Closing;
  readonly #disposers: (() => void)[] = [];
  #state: State = INITIAL_STATE;
  #log: Pick<LogFile, "write"> | undefined;
  #pumps: Pump[] = [];
  #pid = 0;
  readonly #deadline: Deadline;
  #cancelTreeWatch: (() => void) | undefined;
  #drained = false;

  constructor(config: Config, host: Host) {
    this.#config = config;
    this.#host = host;
    this.#deadline = new Deadline(host.clock);
    this.#stdout = new Outlet(
      host.stdout,
      (error) =>
        this.#voice.warning(`stdout: ${error.message}; the child's output is dropped from here on`),
    );
    this.#stderr = new Outlet(host.stderr, () => {});
    const colorful = config.color === "auto" ? host.colorful : config.color === "always";
    const mask = createMask(config.secrets);
    const shown = maskConfig(config, mask);
    this.#voice = new Voice(shown, colorful && config.format === "text" ? COLORED : PLAIN, {
      stdout: this.#stdout,
      stderr: this.#stderr,
      clock: host.clock,
      mask,
    });
    this.#closing = new Closing({ config: shown, host, voice: this.#voice });
    this.#detection = new Detection({
      config,
      clock: host.clock,
      onFinding: (finding) => this.#emit({ type: "finding", finding: maskFinding(finding, mask) }),
      onTrouble: (reason) =>
        this.#voice.warning(`detection failed on a line: ${reason}; the run goes on`),
    });
  }

  async loop(): Promise<number> {
    await this.#start();
    while (this.#state.phase !== "exited") {
      const event = await this.#events.next();
      const { state, effects } = step(this.#state, event, this.#config);
      this.#state = state;
      this.#closing.note(effects, event.at);
      for (const effect of effects) this.#perform(effect);
    }
    return await this.#closing.finish(this.#state.verdict, this.#pid || undefined);
  }

  dispose(): void {
    this.#deadline.cancel();
    this.#cancelTreeWatch?.();
    this.#detection.stop();
    for (const dispose of this.#disposers) dispose();
  }

  async #start(): Promise<void> {
    const { logFile, command } = this.#config;
    if (logFile !== undefined) {
      const warn = (text: string) => this.#voice.warning(text);
      this.#log = await this.#host.openLog(logFile.path, logFile.maxBytes, warn);
    }
    this.#voice.starting();
    this.#disposers.push(
      this.#host.listen(FORWARDED_SIGNALS, (signal) => this.#emit({ type: "signal", signal })),
      this.#host.listen(["SIGCHLD"], this.#safely(() => this.#lookAtTree())),
    );
    const place = placement(this.#config.signalMode, this.#host.interactive);
    const child = this.#host.spawn(command, place.ownSession);
    if ("kind" in child) this.#emit({ type: "spawn-failed", failure: child });
    else this.#follow(child, place);
  }

  #follow(child: Child, place: Placement): void {
    this.#pid = child.pid;
    this.#host.tree.adopt(child.pid, place);
    this.#emit({ type: "spawned", pid: child.pid });
    this.#pumps = [
      this.#pump("stdout", child, this.#stdout),
      this.#pump("stderr", child, this.#stderr),
    ];
    child.status.then((status) => {
      this.#host.tree.leaderExited();
      this.#emit({ type: "child-exited", status, treeGone: this.#host.tree.gone() });
    }).catch((error) => this.#events.fail(error));
    this.#detection.start();
  }

  #pump(stream: StreamName, child: Child, outlet: Outlet): Pump {
    const write = (bytes: Uint8Array) =>
      Promise.all([outlet.write(bytes), this.#log?.write(bytes)]);
    const tap = (bytes: Uint8Array) => this.#detection.feed(stream, bytes);
    const pump = new Pump(child[stream], write, tap, this.#flood(stream, child, outlet, tap));
    pump.done.then(() => this.#detection.end(stream));
    return pump;
  }

  /** A log file gets the bytes from us, who then have to have them anyway. */
  #flood(
    stream: StreamName,
    { pipes }: Child,
    outlet: Outlet,
    tap: (bytes: Uint8Array) => void,
  ): Flood | undefined {
    if (pipes === undefined || this.#log !== undefined) return undefined;
    const { clock } = this.#host;
    const tee = this.#host.tee(pipes[stream], stream);
    return new Flood({ tee, outlet, tap, room: () => this.#detection.room, clock });
  }

  #perform(effect: Effect): void {
    const { tree } = this.#host;
    switch (effect.type) {
      case "announce-started":
        return this.#voice.started(effect.pid);
      case "announce-signal":
        return this.#voice.signal(effect.signal);
      case "announce-leftovers":
        return this.#voice.leftovers();
      case "report":
        return this.#voice.report(effect.finding, this.#pid);
      case "warn":
        return this.#voice.finding(effect.finding);
      case "forward":
        return tree.forward(effect.signal);
      case "wake":
        return tree.wake();
      case "suspend":
        return tree.suspend();
      case "stop-tree":
        return tree.stop(effect.signal);
      case "kill-tree":
        return tree.stop("SIGKILL");
      case "watch-tree":
        return this.#watchTree();
      case "drain":
        Promise.all(this.#pumps.map((pump) => pump.done)).then(() => this.#finishDrain());
        return;
      case "abandon-drain":
        for (const pump of this.#pumps) pump.cancel();
        return this.#finishDrain();
      case "deadline":
        return this.#deadline.set(effect.at, () => {
          this.#emit({ type: "deadline", writing: this.#stdout.pending || this.#stderr.pending });
        });
    }
  }

  #watchTree(): void {
    if (this.#cancelTreeWatch !== undefined) return;
    const look = this.#safely(() => {
      // What forked while it was being killed is caught at the next look.
      if (this.#state.phase === "killing") this.#host.tree.stop("SIGKILL");
      this.#cancelTreeWatch = this.#host.clock.timer(this.#host.clock.now() + TREE_POLL_MS, look);
      this.#lookAtTree();
    });
    look();
  }

  #lookAtTree(): void {
    this.#host.tree.reap();
    if (this.#cancelTreeWatch === undefined || !this.#host.tree.gone()) return;
    this.#cancelTreeWatch();
    this.#emit({ type: "tree-gone" });
  }

  #finishDrain(): void {
    if (this.#drained) return;
    this.#drained = true;
    this.#detection.finish();
    this.#emit({ type: "drained" });
  }

  /** A callback of the world's: a fault in it ends the loop, which then kills the tree. */
  #safely(action: () => void): () => void {
    return () => {
      try {
        action();
      } catch (error) {
        this.#events.fail(error);
      }
    };
  }

  #emit(event: DistributiveOmit<Event, "at">): void {
    this.#events.push({ ...event, at: this.#host.clock.now() });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
