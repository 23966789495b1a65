import type { CheckSettings } from "./cli/check_settings.ts";
import { UsageError } from "./cli/usage_error.ts";
import { LineExplainer } from "./core/check/line_explainer.ts";
import { LogScan } from "./core/check/log_scan.ts";
import { fatalOf, type LogResult, type Sighting } from "./core/check/sighting.ts";
import { exitCode } from "./core/exit_code.ts";
import type { Rule } from "./core/rule.ts";
import { Outlet } from "./host/outlet.ts";
import type { ToolHost } from "./host/tool_host.ts";
import type { Progress } from "./progress.ts";
import { probeLog, readLog } from "./read_log.ts";
import { checkJson } from "./render/check_json.ts";
import { lineName, logVerdictText, sightingText } from "./render/check_report.ts";
import { explanationJson, explanationText } from "./render/explanation.ts";
import { warningText } from "./render/messages.ts";
import { COLORED, type Paint, PLAIN } from "./render/paint.ts";

/**
 * Runs the rules over saved logs and prints what a run would have found; its exit code.
 * @throws {UsageError} for a log that can't be read, or hasn't the line to explain.
 */
export async function check(
  settings: CheckSettings,
  rules: readonly Rule[],
  host: ToolHost,
): Promise<number> {
  const checker = new Checker(settings, rules, host);
  for (const file of settings.files) await probeLog(file, host);
  if (settings.explain !== undefined) {
    return await checker.explain(settings.files[0], settings.explain);
  }
  return await checker.checkAll();
}

class Checker {
  readonly #settings: CheckSettings;
  readonly #rules: readonly Rule[];
  readonly #host: ToolHost;
  readonly #paint: Paint;
  readonly #stdout: Outlet;
  readonly #stderr: Outlet;
  /** Nobody reads what we print any more: `| head` has seen enough. */
  #unread = false;

  constructor(settings: CheckSettings, rules: readonly Rule[], host: ToolHost) {
    this.#settings = settings;
    this.#rules = rules;
    this.#host = host;
    const colorful = settings.color === "auto" ? host.colorful : settings.color === "always";
    this.#paint = colorful ? COLORED : PLAIN;
    this.#stdout = new Outlet(host.stdout, () => this.#unread = true);
    this.#stderr = new Outlet(host.stderr, () => {});
  }

  async checkAll(): Promise<number> {
    const results: LogResult[] = [];
    try {
      for (const file of this.#settings.files) {
        if (this.#unread) break;
        results.push(await this.#checkOne(file));
      }
    } finally {
      // Also before the message of what couldn't be read.
      await this.#stdout.flushed();
    }
    if (this.#settings.format === "json") {
      await this.#stdout.say(checkJson(results, (sighting) => this.#exitCode(sighting)));
    }
    return results.map((result) => this.#exitCode(fatalOf(result))).find((code) => code !== 0) ?? 0;
  }

  async explain(file: string, line: number): Promise<number> {
    const explainer = new LineExplainer(line, { ...this.#settings, rules: this.#rules });
    await this.#read(file, (chunk) => {
      explainer.push(chunk);
      return !explainer.done;
    });
    explainer.end();
    const { explanation } = explainer;
    if (explanation === undefined) {
      throw new UsageError(
        `--explain: there is no line ${line} in ${JSON.stringify(file)}`,
        `it has ${explainer.lines} lines`,
      );
    }
    const text = this.#settings.format === "json"
      ? explanationJson(explanation)
      : explanationText(explanation, this.#paint);
    await this.#stdout.say(text);
    return 0;
  }

  async #checkOne(file: string): Promise<LogResult> {
    const { files, format } = this.#settings;
    const several = files.length > 1;
    const asText = format === "text";
    let progress: Progress | undefined;
    const scan = new LogScan({
      ...this.#settings,
      rules: this.#rules,
      loadCode: this.#host.loadCode,
      onSighting: (sighting) => {
        if (!asText) return;
        progress?.clear();
        this.#stdout.say(sightingText(sighting, lineName(file, several), this.#paint));
      },
    });
    await this.#read(file, (chunk, bar) => {
      progress = bar;
      scan.push(chunk);
      return !this.#unread;
    });
    scan.end();
    if (scan.trouble !== undefined) {
      const warning = `matching failed on a line of ${file}: ${scan.trouble}`;
      this.#stderr.say(warningText(warning, this.#paint));
    }
    const result = { file, lines: scan.lines, sightings: scan.sightings };
    const code = this.#exitCode(fatalOf(result));
    if (asText) {
      await this.#stdout.say(logVerdictText(result, { several, exitCode: code }, this.#paint));
    }
    return result;
  }

  #read(
    file: string,
    take: (chunk: Uint8Array, progress: Progress | undefined) => boolean,
  ): Promise<void> {
    return readLog(file, { host: this.#host, stderr: this.#stderr, take });
  }

  #exitCode(sighting: Sighting | undefined): number {
    if (sighting === undefined) return 0;
    return exitCode({ cause: "finding", finding: sighting.finding }, this.#settings.exitCodes);
  }
}
