import { CHECK_OPTIONS } from "./check_settings.ts";
import { optionRows, row } from "./help_layout.ts";

/** `bailout check --help`. */
export function checkHelp(): string {
  return `Usage: bailout check [options] [FILE|-]...

Runs the rules over saved logs, as a run with --interval 0 would: says what would have fired, with
the lines that led there, and where a run would have stopped. FILE may be gzip; - or no FILE reads
stdin. Several files are several runs. The time that a log's lines tell drives \`within\` and
\`confirm\` of the rules.

Options (those of a run have its variables too):
${optionRows(CHECK_OPTIONS)}

Exit codes:
${row("0", "no rule would have stopped the run")}
${row("1", "one would have; with --exit-codes category that rule's own code")}
${row("2", "usage error, or a FILE that can't be read")}
`;
}
