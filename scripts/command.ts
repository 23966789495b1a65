/** A failure that a person can act on: its message is one sentence and the whole report. */
export class BuildError extends Error {
  override name = "BuildError";
}

export interface CommandOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
}

/**
 * Runs a program to its end, without stdin, and returns what it printed to stdout.
 * Throws {@linkcode BuildError} with the gist of its stderr if it isn't found or doesn't exit with 0.
 */
export async function run(
  program: string,
  args: string[],
  options: CommandOptions = {},
): Promise<string> {
  const output = await outputOf(program, args, options);
  const decoder = new TextDecoder();
  if (output.success) return decoder.decode(output.stdout);
  const what = [baseName(program), args.find((arg) => !arg.startsWith("-")) ?? ""].join(" ").trim();
  const reason = summary(decoder.decode(output.stderr)) || `exit code ${output.code}`;
  throw new BuildError(`Cannot finish \`${what}\`: ${reason}`);
}

/** Prints one line for the person who builds, to stderr. */
export function say(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text + "\n"));
}

/** Runs a script's main function; a {@linkcode BuildError} becomes one line on stderr and exit code 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    say(`error: ${error.message}`);
    Deno.exit(1);
  }
}

async function outputOf(program: string, args: string[], options: CommandOptions) {
  try {
    return await new Deno.Command(program, {
      args,
      cwd: options.cwd,
      env: { NO_COLOR: "1", RUST_BACKTRACE: "0", ...options.env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BuildError(`Cannot run ${program}: it is not installed`);
  }
}

/** Deno's errors begin with `error:` and end in a long tail; the last line is other programs'. */
function summary(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const start = lines.findIndex((line) => line.startsWith("error: "));
  const gist = start < 0 ? lines.slice(-1) : lines.slice(start, start + 3);
  return gist.join(" ").replace(/^error: /, "");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
