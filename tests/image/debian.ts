import { BuildError, run } from "../../scripts/command.ts";

/** Why this machine has no Debian packages to work with; `undefined` where it has. */
export async function whyNoDebian(): Promise<string | undefined> {
  const release = await Deno.readTextFile("/etc/os-release").catch(() => "");
  return /^ID=debian$/m.test(release) ? undefined : "needs Debian";
}

/** Installs a program's package on this machine, as root, unless the program is there already. */
export async function installProgram(program: string, packageName: string): Promise<void> {
  if (await findProgram(program) !== undefined) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "--yes", "--no-install-recommends", packageName], { env });
}

/** The path of a program in a folder of PATH. */
export async function findProgram(program: string): Promise<string | undefined> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    const info = await Deno.stat(`${folder}/${program}`).catch(() => undefined);
    if (info?.isFile) return `${folder}/${program}`;
  }
  return undefined;
}

/** Debian's package archive, for one architecture. */
export interface DebianArchive {
  /** Downloads packages, without those they depend on, and unpacks them over each other. */
  unpack(packages: string[], into: string): Promise<void>;
}

/**
 * Opens Debian's archive for `architecture` (`amd64`, `arm64`) with apt's state in the folder `dir`:
 * neither this machine's packages nor its architectures change.
 */
export async function openArchive(architecture: string, dir: string): Promise<DebianArchive> {
  await Deno.mkdir(`${dir}/state/lists/partial`, { recursive: true });
  await Deno.mkdir(`${dir}/cache/archives/partial`, { recursive: true });
  await Deno.writeTextFile(`${dir}/status`, "");
  const settings = [
    `Dir::State=${dir}/state`,
    `Dir::Cache=${dir}/cache`,
    `Dir::State::status=${dir}/status`,
    `APT::Architecture=${architecture}`,
    `APT::Architectures=${architecture}`,
    "APT::Sandbox::User=root",
    "Acquire::Languages=none",
    "Acquire::Retries=3",
  ].flatMap((setting) => ["-o", setting]);
  await run("apt-get", ["update", ...settings]);
  return {
    async unpack(packages, into) {
      const debs = await Deno.makeTempDir({ dir, prefix: "debs-" });
      await run("apt-get", ["download", ...settings, ...packages], { cwd: debs });
      const names = await Array.fromAsync(Deno.readDir(debs), (entry) => entry.name);
      if (names.length !== packages.length) {
        throw new BuildError(`Cannot get ${packages.join(" ")}: got ${names.join(" ")}`);
      }
      for (const name of names) await run("dpkg-deb", ["--extract", `${debs}/${name}`, into]);
    },
  };
}

/** Debian's name of this machine's architecture. */
export async function hostArchitecture(): Promise<string> {
  return (await run("dpkg", ["--print-architecture"])).trim();
}
