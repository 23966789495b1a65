/** What one suite came to. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that were not run. */
  readonly skipped: readonly string[];
}

/**
 * Reads Deno's JUnit report. A runner that failed without a failed test (a type error, a leak after
 * the last test) counts as one failure, so that it can't pass for a success.
 */
export function readReport(xml: string, runnerSucceeded: boolean): Report {
  const cases = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g)];
  const has = (body: string | undefined, tag: string) => body?.includes(`<${tag}`) ?? false;
  const skipped = cases.filter(([, , body]) => has(body, "skipped"));
  const failed = cases.filter(([, , body]) => has(body, "failure") || has(body, "error"));
  const passed = cases.length - skipped.length - failed.length;
  const failures = failed.length === 0 && !runnerSucceeded ? 1 : failed.length;
  return { passed, failed: failures, skipped: skipped.map(([, name]) => unescapeXml(name!)) };
}

export function addUp(reports: readonly Report[]): Report {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.reduce((sum, report) => sum + report.failed, 0),
    skipped: reports.flatMap((report) => report.skipped),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

function unescapeXml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!);
}
