import { findProgram } from "./debian.ts";
import type { BuiltImage } from "./image.ts";
import { firstChild, pidNamespace, processesIn, waitFor } from "./processes.ts";

/** How long one container may run before the test gives up, in ms. */
const DEADLINE_MS = 30_000;

/**
 * Runs as PID 1 of its own namespaces and becomes the image's ENTRYPOINT. The root is read-only, as is
 * the habit on platforms; busybox comes in by a tmpfs on /tmp. All mounts end with the namespace.
 */
const ENTER = `
set -eu
root=$1 busybox=$2; shift 2
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir "$root/tmp/bin"
cp "$busybox" "$root/tmp/bin/busybox"
for applet in cat grep kill sh sleep touch; do ln -s busybox "$root/tmp/bin/$applet"; done
mount -o remount,bind,ro "$root"
read -r go
exec env -i "$@" </dev/null
`;

/** How a container ended. */
export interface ContainerEnd {
  code: number;
  stdout: string;
  stderr: string;
  /** Processes of the container that are still there. */
  survivors: number[];
}

export interface Container extends AsyncDisposable {
  /** Sends a signal to the container's PID 1. */
  kill(signal: Deno.Signal): void;
  /** Waits until the container has printed `text` to stdout. */
  prints(text: string): Promise<void>;
  /** Waits for the end, at most 30 s: then the container is killed. */
  end(): Promise<ContainerEnd>;
}

/** Starts the image as a container engine would, with `args` after its ENTRYPOINT. */
export async function startContainer(image: BuiltImage, args: string[]): Promise<Container> {
  const child = new Deno.Command("unshare", {
    args: ["--pid", "--fork", "--kill-child", "--mount", "--propagation=private"]
      .concat("sh", "-c", ENTER, "enter", image.rootfs, image.busybox)
      .concat(await entryCommand(image, args)),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  const ended = Promise.all([child.status, stdout.done, stderr.done])
    .finally(() => clearTimeout(timer));
  // The entry waits for a line, or a short run could be over before it is known.
  const pid = await waitFor("PID 1", () => firstChild(child.pid));
  const namespace = await waitFor("PID 1's namespace", () => pidNamespace(pid));
  await ReadableStream.from(["go\n"]).pipeThrough(new TextEncoderStream()).pipeTo(child.stdin);
  return {
    kill: (signal) => Deno.kill(pid, signal),
    async prints(text) {
      await waitFor(`"${text}" on stdout`, () => stdout.text().includes(text) || undefined);
    },
    async end() {
      const [{ code }] = await ended;
      const survivors = await processesIn(namespace);
      return { code, stdout: stdout.text(), stderr: stderr.text(), survivors };
    },
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await ended;
    },
  };
}

/** The image's ENTRYPOINT with `args`, its user and its environment, from the root of the image. */
async function entryCommand(image: BuiltImage, args: string[]): Promise<string[]> {
  const { config, rootfs } = image;
  const environment = config.Env.map((line) => line.replace(/^PATH=.*/, "$&:/tmp/bin"));
  const chroot = await findProgram("chroot") ?? "chroot";
  return [...environment, chroot, `--userspec=${config.User}`, rootfs]
    .concat(config.Entrypoint, args);
}

function collect(stream: ReadableStream<Uint8Array>): { done: Promise<void>; text(): string } {
  let text = "";
  const done = stream.pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream({ write: (chunk) => void (text += chunk) }));
  return { done, text: () => text };
}
