import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import { optionRow, row } from "./help_layout.ts";
import { OPTIONS, variableOf } from "./options.ts";
import { LAUNCH_AGENT } from "./settings.ts";

/** `bailout --help`. */
export function programHelp(): string {
  return `bailout: a fail-fast supervisor. It starts a program, stops it at the first error that no
retry can cure, shows the lines that led there, and exits with a code to act on.

Usage:
  bailout [options] [--] COMMAND [ARG...]     supervise any command
  bailout launch-agent [ARG...]               supervise \`wandb launch-agent ARG...\`
  bailout check [options] [FILE|-]...         run the rules over a saved log
  bailout rules list|show ID|validate FILE|schema|export pod-failure-policy
  bailout --help | --version                  check --help and rules --help too

Options (each has a variable: --interval is ${variableOf("interval")}; the flag wins):
${OPTIONS.map(optionRow).join("\n")}
${row("-h, --help", "this text")}
${row("-V, --version", "version of bailout and of its runtime")}

Options come before COMMAND; the first other word, or --, ends them. A command that is called check,
rules or launch-agent is reached with --. Durations are written 500ms, 5s, 2m
or 0; sizes 64KiB or 10MiB. In variables, several values are separated by commas.

Exit codes:
${row("the child's own", "it exited by itself, or a signal told us to stop (128+n)")}
${row("1", "a rule fired; with --exit-codes category instead:")}
${row("", categories().slice(0, 4).join(", ") + ",")}
${row("", categories().slice(4).join(", "))}
${row("2", "usage error")}
${row("125", "bailout itself failed")}
${row("126, 127", "COMMAND can't be executed, isn't found")}
`;
}

/** `bailout launch-agent --help`. */
export function launchAgentHelp(): string {
  return `Usage: bailout [options] launch-agent [ARG...]

Supervises \`wandb launch-agent ARG...\`, as a drop-in for the bash wrapper: every ARG goes to the
agent, its output is also written to ${LAUNCH_AGENT.logFile} (--log-file says where else), and
messages call it "${LAUNCH_AGENT.names.short}". The options are those of \`bailout --help\` and stand before
launch-agent. For the agent's own help: bailout -- wandb launch-agent --help
`;
}

function categories(): string[] {
  return Object.entries(CATEGORY_EXIT_CODES).map(([category, code]) => `${code} ${category}`);
}
