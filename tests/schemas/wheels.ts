// The packages of requirements.txt, downloaded once into .cache/schemas; their files are read out of
// the archives.

const ROOT = new URL("../../", import.meta.url).pathname;
const REQUIREMENTS = `${ROOT}tests/schemas/requirements.txt`;
const CACHE = `${ROOT}.cache/schemas`;

/** Prints one file of a zip archive. */
const PRINT_FILE =
  "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";

/**
 * Why the packages can't be had here; `undefined` once all of them are in the cache.
 * @throws {Error} if a package hasn't the hash that is pinned.
 */
export async function downloadWheels(): Promise<string | undefined> {
  await Deno.mkdir(CACHE, { recursive: true });
  try {
    await python(["--version"]);
    const wheels = await Promise.all(pinned().map(wheelOf));
    if (wheels.every((wheel) => wheel !== undefined)) return undefined;
    // pip refuses what hasn't the hash in the file, and moves whole files only.
    const pip = ["-m", "pip", "--quiet", "--disable-pip-version-check"];
    const options = ["--no-deps", "--only-binary=:all:", "--require-hashes", `--dest=${CACHE}`];
    await python([...pip, "download", ...options, `--requirement=${REQUIREMENTS}`]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // That is no lack of this machine's.
    if (reason.includes("DO NOT MATCH THE HASHES")) throw error;
    return `no schemas: ${reason.trim().split("\n").at(-1)}`;
  }
  return undefined;
}

/** A JSON file of a package. The package has to be in the cache. */
export async function readJson(name: string, path: string): Promise<unknown> {
  const pin = pinned().find((pin) => pin.name === name);
  const wheel = pin && await wheelOf(pin);
  if (wheel === undefined) throw new Error(`Cannot find the package ${name} in ${CACHE}`);
  return JSON.parse(await python(["-c", PRINT_FILE, wheel, path]));
}

interface Pin {
  readonly name: string;
  readonly version: string;
}

function pinned(): Pin[] {
  const text = Deno.readTextFileSync(REQUIREMENTS);
  return [...text.matchAll(/^([a-z-]+)==(\S+)/gm)].map(([, name, version]) => ({
    name: name!,
    version: version!,
  }));
}

async function wheelOf({ name, version }: Pin): Promise<string | undefined> {
  const path = `${CACHE}/${name.replaceAll("-", "_")}-${version}-py3-none-any.whl`;
  return await Deno.stat(path).then(() => path, () => undefined);
}

async function python(args: string[]): Promise<string> {
  const output = await new Deno.Command("python3", { args, stdin: "null" }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (output.success) return text(output.stdout);
  throw new Error(text(output.stderr));
}
