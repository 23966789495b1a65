import { assert, assertEquals } from "@std/assert";
import { bytes, rule } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import type { Rule } from "../rule.ts";
import { DEFAULT_RULES } from "../rules/default.ts";
import { LogScan } from "./log_scan.ts";
import { fatalOf, type Sighting } from "./sighting.ts";

const ENGINE = { bufferLines: 100, contextLines: 2 };

function scan(log: string, fields: Partial<Rule> = {}): LogScan {
  return scanRules(log, [rule(fields)]);
}

function scanRules(log: string, rules: readonly Rule[]): LogScan {
  const scan = new LogScan({ ...ENGINE, rules });
  scan.push(bytes(log));
  scan.end();
  return scan;
}

function only(scan: LogScan): Sighting {
  assertEquals(scan.sightings.length, 1);
  return scan.sightings[0]!;
}

Deno.test("LogScan finds nothing in a healthy log, and counts its lines", () => {
  for (const [log, lines] of [["", 0], ["a", 1], ["a\n", 1], ["a\nb", 2], ["\n\n", 2]] as const) {
    const { sightings, lines: counted } = scan(log);
    assertEquals([sightings.length, counted], [0, lines]);
  }
});

Deno.test("LogScan gives a finding the file's line and that of each line of its context", () => {
  const sighting = only(scan("a\nb\nc\nboom\nd\n"));
  assertEquals([sighting.line, sighting.firstLine, sighting.detectedLine], [4, 4, 4]);
  assertEquals(sighting.contextLines, [2, 3, 4]);
  assertEquals(sighting.detectedAt, undefined);
  assertEquals(sighting.afterMs, undefined);
});

Deno.test("LogScan counts what comes after a rule's first finding", () => {
  const { finding, line, times, matches } = only(scan("boom\nboom\n\nboom"));
  assertEquals([line, finding.matches, times, matches], [1, 1, 3, 3]);
});

Deno.test("LogScan calls back once a rule, and at every finding", () => {
  const first: number[] = [];
  const all: number[] = [];
  const scan = new LogScan({
    ...ENGINE,
    rules: [rule()],
    onSighting: ({ line }) => first.push(line),
    onFinding: (_, line) => all.push(line),
  });
  scan.push(bytes("boom\n\nboom\n"));
  assertEquals([first, all], [[1], [1, 3]]);
});

Deno.test("LogScan keeps the order in which a run would have had its findings", () => {
  const rules = [
    rule({ id: "b", matcher: { kind: "pattern", pattern: "B" } }),
    rule({ id: "a", matcher: { kind: "pattern", pattern: "A" } }),
    rule({ id: "both", matcher: { kind: "pattern", pattern: "A|B" } }),
  ];
  const ids = (log: string) => scanRules(log, rules).sightings.map((s) => s.finding.rule.id);
  assertEquals(ids("A\nB\n"), ["a", "both", "b"]);
  assertEquals(ids("A B\n"), ["b", "a", "both"]);
});

Deno.test("LogScan doesn't look at streams: a saved log doesn't tell them apart", () => {
  for (const stream of ["stdout", "stderr"] as const) {
    assertEquals(scan("boom\n", { streams: [stream] }).sightings.length, 1);
  }
});

Deno.test("LogScan takes the log's own time, and reports it", () => {
  const log = "start\n2024-05-01 12:00:00 a\n2024-05-01 12:00:10,500 boom\n";
  const sighting = only(scan(log));
  assertEquals(sighting.detectedAt, "2024-05-01T12:00:10.500");
  assertEquals(sighting.lastMatchAt, "2024-05-01T12:00:10.500");
  assertEquals(sighting.afterMs, 10_500);
});

Deno.test("LogScan gives lines without a time that of the line before", () => {
  const sighting = only(scan("2024-05-01T12:00:00Z a\n2024-05-01T12:00:09Z b\nboom\n"));
  assertEquals([sighting.detectedAt, sighting.afterMs], ["2024-05-01T12:00:09.000Z", 9000]);
});

const WITHIN: [name: string, log: string, met: boolean][] = [
  ["within the time", "2024-05-01 12:00:00 boom\n2024-05-01 12:00:59 boom\n", true],
  ["too far apart", "2024-05-01 12:00:00 boom\n2024-05-01 12:01:01 boom\n", false],
  ["without any time", "boom\nboom\n", true],
  ["one before the first timestamp", "boom\n2024-05-01 12:00:00 a\nboom\n", true],
];
for (const [name, log, met] of WITHIN) {
  Deno.test(`LogScan holds a threshold to its time: ${name}`, () => {
    const fields = { threshold: 2, withinMs: 60_000 };
    assertEquals(scan(log, fields).sightings.length, met ? 1 : 0);
  });
}

const at = (time: string, text: string) => `2024-05-01 12:${time} ${text}\n`;
const CONFIRM: [name: string, log: string, detectedLine: number | undefined][] = [
  ["time passes", at("00:00", "boom") + at("00:10", "x") + at("00:31", "y") + at("00:40", "z"), 2],
  [
    "a clearing line in time",
    at("00:00", "boom") + at("00:29", "fine") + at("09:00", "x"),
    undefined,
  ],
  ["a clearing line too late", at("00:00", "boom") + at("00:31", "fine"), 1],
  ["the log ends first", at("00:00", "boom") + at("00:10", "x"), 2],
  ["a log without time, cleared", "boom\nx\nfine\n", undefined],
  ["a log without time, not cleared", "boom\nx\n", 2],
];
for (const [name, log, detectedLine] of CONFIRM) {
  Deno.test(`LogScan waits for a clearing line: ${name}`, () => {
    const { sightings } = scan(log, { clears: ["fine"], confirmMs: 30_000 });
    assertEquals(sightings[0]?.detectedLine, detectedLine);
    assertEquals(sightings[0]?.line, detectedLine === undefined ? undefined : 1);
  });
}

Deno.test("LogScan counts the redraws of a progress bar as one line", () => {
  const bar = "10%\r20%\r30%\r100%\r\n";
  const sighting = only(scan(`a\n${bar}b\n${bar}${bar}c\r\nboom\r\n`));
  assertEquals(sighting.line, 7);
  assertEquals(sighting.contextLines.at(-1), 7);
  assertEquals(only(scan("1%\rboom\r3%\nx\n")).line, 1);
  assertEquals(only(scan("x\n1%\rboom")).line, 2);
});

Deno.test("LogScan finds the same wherever the log is cut into chunks", () => {
  const log = at("00:00", "a\rb\rc") + at("00:05", "boom") + "x\r\n\nboom\n" + at("01:00", "d") +
    "5%\r6%\n" + at("01:30", "boom");
  const fields = { threshold: 3, withinMs: 100_000 };
  const whole = scan(log, fields);
  assertEquals(only(whole).line, 8);
  const data = bytes(log);
  const random = seededRandom(7);
  for (let round = 0; round < 300; round++) {
    const parts = new LogScan({ ...ENGINE, rules: [rule(fields)] });
    for (let start = 0; start < data.length;) {
      const end = Math.min(data.length, start + 1 + Math.floor(random() * 20));
      const chunk = data.slice(start, end);
      parts.push(chunk);
      chunk.fill(0);
      start = end;
    }
    parts.end();
    assertEquals(parts.sightings, whole.sightings);
    assertEquals(parts.lines, whole.lines);
  }
});

Deno.test("LogScan numbers lines right after a line of megabytes", () => {
  const scan = new LogScan({ ...ENGINE, rules: [rule()] });
  scan.push(bytes("a\n"));
  for (let i = 0; i < 20; i++) scan.push(bytes("x".repeat(100_000)));
  scan.push(bytes("\nb\nboom\n"));
  scan.end();
  assertEquals([only(scan).line, scan.lines], [4, 4]);
});

Deno.test("LogScan reports a traceback at its exception, and where it was known", () => {
  const log = "start\nTraceback (most recent call last):\n" +
    '  File "a.py", line 1, in <module>\n    f()\nValueError: bad\nbye\n';
  const fatal = fatalOf({
    file: "x",
    lines: 6,
    sightings: scanRules(log, DEFAULT_RULES).sightings,
  });
  assertEquals(fatal?.finding.rule.id, "python-exception");
  assertEquals(fatal?.line, 5);
  assert(fatal!.detectedLine >= 5);
});

Deno.test("fatalOf() passes over rules that only warn or observe", () => {
  const rules = [
    rule({ id: "warns", action: "warn" }),
    rule({ id: "kills", matcher: { kind: "pattern", pattern: "bang" } }),
  ];
  const { sightings } = scanRules("boom\nbang\n", rules);
  assertEquals(sightings.length, 2);
  assertEquals(fatalOf({ file: "x", lines: 2, sightings })?.finding.rule.id, "kills");
});
