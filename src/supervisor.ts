import { Closing } from "./closing.ts";
import type { Config } from "./core/config.ts";
import type { Event } from "./core/event.ts";
import { step } from "./core/lifecycle.ts";
import { INITIAL_STATE, type State } from "./core/state.ts";
import { createMask, type Mask, maskFinding } from "./core/mask.ts";
import { maskConfig } from "./core/masked_config.ts";
import { FORWARDED_SIGNALS } from "./core/signals.ts";
import { Deadline } from "./deadline.ts";
import { Detection } from "./detection.ts";
import { EventQueue } from "./event_queue.ts";
import type { Child } from "./host/child.ts";
import type { Host } from "./host/host.ts";
import type { Launched } from "./launch.ts";
import { type Crew, perform } from "./perform.ts";
import { COLORED, PLAIN } from "./render/paint.ts";
import { Streams } from "./streams.ts";
import { TreeWatch } from "./tree_watch.ts";
import { Voice } from "./voice.ts";

/**
 * Looks after a command that was launched to its end and returns bailout's exit code. This is the one
 * loop: next event, `step`, carry out the effects. The child's bytes don't pass through it (streams.ts).
 * @throws whatever is a fault of bailout itself, while the child's tree may live.
 */
export async function supervise(config: Config, host: Host, launched: Launched): Promise<number> {
  const run = new Run(config, host, launched);
  try {
    return await run.loop();
  } finally {
    run.dispose();
  }
}

class Run {
  readonly #config: Config;
  readonly #host: Host;
  readonly #launched: Launched;
  readonly #events = new EventQueue<Event>();
  readonly #streams: Streams;
  readonly #voice: Voice;
  readonly #mask: Mask;
  readonly #detection: Detection;
  readonly #closing: Closing;
  readonly #treeWatch: TreeWatch;
  readonly #deadline: Deadline;
  readonly #disposers: (() => void)[] = [];
  #state: State = INITIAL_STATE;
  #pid = 0;
  #drained = false;

  constructor(config: Config, host: Host, launched: Launched) {
    this.#config = config;
    this.#host = host;
    this.#launched = launched;
    this.#deadline = new Deadline(host.clock);
    this.#treeWatch = new TreeWatch({
      clock: host.clock,
      tree: host.tree,
      // What forked while it was being killed is caught at the next look.
      before: () => this.#state.phase === "killing" && host.tree.stop("SIGKILL"),
      gone: () => this.#emit({ type: "tree-gone" }),
      failed: (error) => this.#events.fail(error),
    });
    this.#streams = new Streams(host, ({ message }) => {
      this.#voice.warning(`stdout: ${message}; the child's output is dropped from here on`);
    });
    const colorful = config.color === "auto" ? host.colorful : config.color === "always";
    const mask = this.#mask = createMask(config.secrets);
    const shown = maskConfig(config, mask);
    this.#voice = new Voice(shown, colorful && config.format === "text" ? COLORED : PLAIN, {
      stdout: this.#streams.stdout,
      stderr: this.#streams.stderr,
      clock: host.clock,
      mask,
    });
    this.#closing = new Closing({
      config: shown,
      startedAt: launched.startedAt,
      host,
      voice: this.#voice,
    });
    this.#detection = this.#createDetection();
  }

  async loop(): Promise<number> {
    await this.#start();
    while (this.#state.phase !== "exited") {
      const event = await this.#events.next();
      const { state, effects } = step(this.#state, event, this.#config);
      this.#state = state;
      this.#closing.note(effects, event.at);
      for (const effect of effects) perform(effect, this.#crew);
    }
    return await this.#closing.finish(this.#state.verdict, this.#pid || undefined);
  }

  dispose(): void {
    this.#deadline.cancel();
    this.#treeWatch.stop();
    this.#detection.stop();
    for (const dispose of this.#disposers) dispose();
  }

  async #start(): Promise<void> {
    const { logFile } = this.#config;
    if (logFile !== undefined) {
      await this.#streams.openLog(logFile, (text) => this.#voice.warning(text));
    }
    this.#voice.starting();
    this.#disposers.push(
      this.#host.listen(FORWARDED_SIGNALS, (signal) => this.#emit({ type: "signal", signal })),
      this.#host.listen(["SIGCHLD"], () => this.#treeWatch.look()),
    );
    // Nobody has heard of those that have ended before there was a listener.
    this.#treeWatch.look();
    const { child, startedAt } = this.#launched;
    if ("kind" in child) return this.#emit({ type: "spawn-failed", failure: child });
    this.#attend(child);
    this.#streams.follow(child, this.#detection);
    this.#detection.start(startedAt);
  }

  #attend(child: Child): void {
    this.#pid = child.pid;
    this.#emit({ type: "spawned", pid: child.pid });
    child.status.then((status) => {
      this.#emit({ type: "child-exited", status, treeGone: this.#host.tree.gone() });
    }).catch((error) => this.#events.fail(error));
  }

  #createDetection(): Detection {
    return new Detection({
      config: this.#config,
      clock: this.#host.clock,
      loadCode: this.#host.loadCode,
      onFinding: (finding) =>
        this.#emit({ type: "finding", finding: maskFinding(finding, this.#mask) }),
      onTrouble: (reason) =>
        this.#voice.warning(`detection failed on a line: ${reason}; the run goes on`),
    });
  }

  get #crew(): Crew {
    return {
      voice: this.#voice,
      tree: this.#host.tree,
      treeWatch: this.#treeWatch,
      pid: this.#pid,
      drain: () => void this.#streams.drained().then(() => this.#finishDrain()),
      abandonDrain: () => {
        this.#streams.abandon();
        this.#finishDrain();
      },
      setDeadline: (at) =>
        this.#deadline.set(at, () => {
          this.#emit({ type: "deadline", writing: this.#streams.writing });
        }),
    };
  }

  #finishDrain(): void {
    if (this.#drained) return;
    this.#drained = true;
    this.#detection.finish();
    this.#emit({ type: "drained" });
  }

  #emit(event: DistributiveOmit<Event, "at">): void {
    this.#events.push({ ...event, at: this.#host.clock.now() });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
