// Draws docs/bail-out.svg, the picture of the README, from a real run of the demo:
//   make picture
import { BuildError, runMain, say } from "./command.ts";
import { ROOT } from "./build.ts";
import { terminalSvg } from "./terminal_svg.ts";

const COMMAND = "bailout -- ./test-agent.sh";
const TITLE = "A terminal: bailout starts an agent that submits a job to Vertex AI. " +
  "The job's machine type is refused, bailout reports FATAL ERROR DETECTED with the lines before " +
  "it, kills the agent after 10 seconds and exits with code 1.";

/**
 * What a terminal shows of the demo, from the command line to its exit code, with colours. It takes
 * ten seconds. `binary` is the bailout to run.
 */
export async function recordDemo(binary: string): Promise<string> {
  // One pipe for both streams, or their order would be lost.
  const script = 'exec "$0" --color always -- ./test-agent.sh 2>&1';
  const { NO_COLOR: _, ...env } = Deno.env.toObject();
  const { code, stdout } = await new Deno.Command("sh", {
    args: ["-c", script, binary],
    cwd: `${ROOT}/examples/demo`,
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  return `$ ${COMMAND}\n${new TextDecoder().decode(stdout)}$ echo $?\n${code}\n`;
}

async function draw(): Promise<void> {
  const text = await recordDemo(Deno.env.get("BAILOUT_BINARY") ?? `${ROOT}/dist/bailout`);
  if (!text.endsWith("\n1\n")) throw new BuildError(`Cannot draw the demo: it did not bail out`);
  await Deno.writeTextFile(`${ROOT}/docs/bail-out.svg`, terminalSvg({ text, title: TITLE }));
  say("docs/bail-out.svg");
}

if (import.meta.main) await runMain(draw);
