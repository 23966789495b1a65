import { pinnedVersion } from "../../scripts/toolchain.ts";
import { type Buildah, imageFromFolder } from "./buildah.ts";
import type { DebianArchive } from "./debian.ts";

const RUNTIME_PACKAGES = ["base-files", "libc6", "libgcc-s1"];
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/** Variables that say how this machine reaches the network, for the build inside of the image. */
const NETWORK_VARIABLES = ["DENO_TLS_CA_STORE", "NPM_CONFIG_REGISTRY"];

/** The names of a Dockerfile's base images, from the first stage to the last. */
export function baseImages(dockerfile: string): string[] {
  const version = pinnedVersion(dockerfile);
  const froms = dockerfile.matchAll(/^FROM (\S+)/gm);
  return Array.from(froms, ([, image]) => image!.replace("${DENO_VERSION}", version));
}

/**
 * Makes a stand-in for the image with Deno: Debian's libraries, the Deno that runs this test and the
 * certificates of this machine.
 */
export async function makeDenoStandIn(
  buildah: Buildah,
  debian: DebianArchive,
  folder: string,
  image: string,
): Promise<void> {
  await debian.unpack(RUNTIME_PACKAGES, folder);
  await Deno.copyFile(Deno.execPath(), `${folder}/usr/bin/deno`);
  await Deno.mkdir(`${folder}/etc/ssl/certs`, { recursive: true });
  await Deno.copyFile(CERTIFICATES, `${folder}${CERTIFICATES}`).catch(() => {});
  const variables = NETWORK_VARIABLES.map((name) => [name, Deno.env.get(name)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--env=${name}=${value}`);
  await imageFromFolder(buildah, folder, image, ["--env=DENO_DIR=/deno-dir", ...variables]);
}

/** Makes a stand-in for the image that the binary runs in: it has no shell and knows `nonroot`. */
export async function makeRuntimeStandIn(
  buildah: Buildah,
  debian: DebianArchive,
  folder: string,
  image: string,
): Promise<void> {
  await debian.unpack(RUNTIME_PACKAGES, folder);
  await Deno.mkdir(`${folder}/home/nonroot`);
  await Deno.chown(`${folder}/home/nonroot`, 65532, 65532);
  await Deno.writeTextFile(
    `${folder}/etc/passwd`,
    "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
  );
  await Deno.writeTextFile(`${folder}/etc/group`, "root:x:0:\nnonroot:x:65532:\n");
  await imageFromFolder(buildah, folder, image, ["--user=65532", "--workingdir=/home/nonroot"]);
}
