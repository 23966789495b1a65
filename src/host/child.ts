import { freeDescriptors, type PipeEnds, pipeEnds, widenPipes } from "./pipes.ts";
import type { ChildStatus, SpawnFailure } from "../core/verdict.ts";
import { isMisreadBinary } from "./exec_format.ts";

/** What keeps any program from being started, errno(3): our own limits, or the machine's. */
const NO_ROOM: ReadonlySet<unknown> = new Set(["EAGAIN", "EMFILE", "ENFILE", "ENOMEM"]);

/** A child that was started. */
export interface Child {
  readonly pid: number;
  readonly stdout: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What the two streams read from, open until they end or are cancelled; where that is known. */
  readonly pipes: PipeEnds | undefined;
  readonly status: Promise<ChildStatus>;
}

/**
 * Starts the command; stdin, environment and working directory are ours. With `ownSession` it leads
 * a session and a process group of its own.
 */
export function spawnChild(
  command: readonly [string, ...string[]],
  ownSession: boolean,
): Child | SpawnFailure {
  const [program, ...args] = command;
  const free = freeDescriptors();
  try {
    const child = new Deno.Command(program, {
      args,
      stdin: "inherit",
      stdout: "piped",
      stderr: "piped",
      // setsid(2) in the child: the negative pid then reaches the whole group.
      detached: ownSession,
      env: pythonUnbuffered(),
    }).spawn();
    const opened = widenPipes(free);
    if (isMisreadBinary(program, child.pid)) {
      child.kill("SIGKILL");
      // We may reap it before Deno does, which takes that for an error.
      child.status.catch(() => {});
      return {
        kind: "not-executable",
        detail: "exec format error, it is no program of this machine",
      };
    }
    return {
      pid: child.pid,
      stdout: child.stdout,
      stderr: child.stderr,
      pipes: pipeEnds(opened),
      status: child.status.then(({ code, signal }) => ({ code, signal: signal ?? undefined })),
    };
  } catch (error) {
    return spawnFailure(error);
  }
}

/** Into a pipe Python buffers by the block, and an error would be seen minutes late. */
function pythonUnbuffered(): Record<string, string> {
  return Deno.env.has("PYTHONUNBUFFERED") ? {} : { PYTHONUNBUFFERED: "1" };
}

/** What `Deno.Command` threw, as the reason why the command didn't start. */
export function spawnFailure(error: unknown): SpawnFailure {
  if (error instanceof Deno.errors.NotFound) return { kind: "not-found", detail: "not found" };
  const message = error instanceof Error ? error.message : String(error);
  const reason = /: ([^:]+?)(?: \(os error \d+\))?$/.exec(message)?.[1] ?? message;
  const noRoom = error instanceof Error && "code" in error && NO_ROOM.has(error.code);
  return { kind: noRoom ? "no-room" : "not-executable", detail: reason.toLowerCase() };
}
