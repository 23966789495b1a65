import { run } from "../../scripts/command.ts";

/** buildah with a storage of its own, which knows only the images made in it. */
export type Buildah = (command: string, ...args: string[]) => Promise<string>;

/** Prepares a storage in the folder `dir`; it vanishes with that folder. */
export async function openBuildah(dir: string): Promise<Buildah> {
  const policy = `${dir}/policy.json`;
  await Deno.writeTextFile(policy, '{"default": [{"type": "insecureAcceptAnything"}]}');
  // Without a registry to look in, a base image that isn't a stand-in is an error.
  await Deno.writeTextFile(`${dir}/registries.conf`, "unqualified-search-registries = []\n");
  const storage = [
    `--root=${dir}/storage`,
    `--runroot=${dir}/run`,
    "--storage-driver=vfs",
    `--registries-conf=${dir}/registries.conf`,
  ];
  const takesPolicy = ["build", "commit", "from"];
  return async (command, ...args) => {
    const extra = takesPolicy.includes(command) ? [`--signature-policy=${policy}`] : [];
    return (await run("buildah", [...storage, command, ...extra, ...args])).trim();
  };
}

/** What the image says about how it is run. */
export interface ImageConfig {
  Entrypoint: string[];
  Cmd?: string[];
  User: string;
  Env: string[];
}

/** Reads an image's configuration. */
export async function imageConfig(buildah: Buildah, image: string): Promise<ImageConfig> {
  return JSON.parse(await buildah("inspect", "--type=image", image)).OCIv1.config;
}

/** Makes an image out of a folder alone. `settings` are options of `buildah config`. */
export async function imageFromFolder(
  buildah: Buildah,
  folder: string,
  image: string,
  settings: string[],
): Promise<void> {
  const container = await buildah("from", "scratch");
  await buildah("copy", "--quiet", container, folder, "/");
  if (settings.length > 0) await buildah("config", ...settings, container);
  await buildah("commit", "--quiet", "--rm", container, image);
}
