import { type Buildah, type ImageConfig, imageConfig, openBuildah } from "./buildah.ts";
import { run } from "../../scripts/command.ts";
import { hostArchitecture, installProgram, openArchive, whyNoDebian } from "./debian.ts";
import { baseImages, makeDenoStandIn, makeRuntimeStandIn } from "./stand_ins.ts";

const PROJECT = decodeURIComponent(new URL("../..", import.meta.url).pathname);
const IMAGE = "bailout-under-test";

/** The image of the project's Dockerfile, unpacked. */
export interface BuiltImage extends AsyncDisposable {
  config: ImageConfig;
  /** The image's file system. */
  rootfs: string;
  /** The file system of its base alone. */
  baseRootfs: string;
  /** A static busybox, which is not in the image. */
  busybox: string;
}

/** Why the image can't be built and run on this machine; `undefined` where it can. */
export async function whyNoImage(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "needs Linux";
  if (Deno.uid() !== 0) return "needs root";
  try {
    await run("unshare", ["--pid", "--fork", "--mount", "true"]);
  } catch {
    return "needs the right to make namespaces";
  }
  return await whyNoDebian();
}

/**
 * Builds the Dockerfile over stand-ins for its base images. All of it lies in one folder below
 * `.cache`, which disposing removes.
 */
export async function buildImage(): Promise<BuiltImage> {
  await Deno.mkdir(`${PROJECT}.cache`, { recursive: true });
  const dir = await Deno.makeTempDir({ dir: `${PROJECT}.cache`, prefix: "image-test-" });
  const dispose = () => removeFolder(dir);
  try {
    await installProgram("buildah", "buildah");
    const buildah = await openBuildah(dir);
    const debian = await openArchive(await hostArchitecture(), `${dir}/apt`);
    const [deno, runtime] = baseImages(await Deno.readTextFile(`${PROJECT}Dockerfile`));
    await makeDenoStandIn(buildah, debian, await newFolder(dir, "deno"), deno!);
    await makeRuntimeStandIn(buildah, debian, await newFolder(dir, "runtime"), runtime!);
    await debian.unpack(["busybox-static"], await newFolder(dir, "busybox"));
    await buildah("build", "--isolation=chroot", "--pull=never", `--tag=${IMAGE}`, PROJECT);
    return {
      config: await imageConfig(buildah, IMAGE),
      rootfs: await mountImage(buildah, IMAGE),
      baseRootfs: await mountImage(buildah, runtime!),
      busybox: `${dir}/busybox/bin/busybox`,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function mountImage(buildah: Buildah, image: string): Promise<string> {
  return await buildah("mount", await buildah("from", "--pull=never", image));
}

async function newFolder(dir: string, name: string): Promise<string> {
  await Deno.mkdir(`${dir}/${name}`, { mode: 0o755 });
  return `${dir}/${name}`;
}

async function removeFolder(dir: string): Promise<void> {
  // Whatever were mounted below the folder would be emptied with it.
  const mounts = await Deno.readTextFile("/proc/self/mountinfo");
  if (mounts.includes(` ${dir}/`)) throw new Error(`Cannot remove a folder in use: ${dir}`);
  await Deno.remove(dir, { recursive: true });
}
