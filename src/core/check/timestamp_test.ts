import { assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { readTimestamp, type Timestamp, YEARLESS } from "./timestamp.ts";

function read(text: string): Timestamp | undefined {
  // Not at the array's ends: a reader must not look beyond its line.
  const line = bytes(`2001-01-01 00:00:00 ${text}9:00Z`);
  return readTimestamp(line, 20, 20 + new TextEncoder().encode(text).length);
}

const NOON = Date.UTC(2024, 4, 1, 12, 0, 3);

const CASES: [text: string, ms: number, zoned: boolean][] = [
  ["2024-05-01T12:00:03Z", NOON, true],
  ["2024-05-01T12:00:03.25Z x", NOON + 250, true],
  ["2024-05-01T12:00:03.123456789Z stderr F x", NOON + 123, true],
  ["2024-05-01T14:00:03+02:00 x", NOON, true],
  ["2024-05-01T06:30:03-0530", NOON, true],
  ["2024-05-01 13:00:03 +01 x", NOON, true],
  ["2024-05-01 12:00:03 UTC x", NOON, true],
  ["2024-05-01 12:00:03,123 INFO x", NOON + 123, false],
  ["2024-05-01 12:00:03.123 x", NOON + 123, false],
  ["2024-05-01 12:00:03 - root - INFO - x", NOON, false],
  ["2024-05-01 12:00:03", NOON, false],
  ["2024/05/01 12:00:03 [error] x", NOON, false],
  ["[2024-05-01 12:00:03,123] x", NOON + 123, false],
  ["(2024-05-01T12:00:03Z) x", NOON, true],
  ["  2024-05-01 12:00:03 x", NOON, false],
  ["INFO 2024-05-01 12:00:03 x", NOON, false],
  ["INFO:2024-05-01 12:00:03:x", NOON, false],
  ["worker-1  | 2024-05-01T12:00:03Z x", NOON, true],
  ["[pod/a/b] 2024-05-01T12:00:03Z x", NOON, true],
  ["time=2024-05-01T12:00:03Z level=info", NOON, true],
  ['time="2024-05-01T12:00:03Z" level=info', NOON, true],
  ["wandb: 2024-05-01 12:00:03,5 x", NOON + 500, false],
  ["2016-12-31 23:59:60 x", Date.UTC(2017, 0, 1), false],
];
for (const [text, ms, zoned] of CASES) {
  Deno.test(`readTimestamp() reads ${text}`, () => {
    assertEquals(read(text), { ms, zoned, year: true });
  });
}

const YEARLESS_CASES: [text: string, ms: number][] = [
  ["May  1 12:00:03 host app[7]: x", Date.UTC(YEARLESS, 4, 1, 12, 0, 3)],
  ["<13>Feb 29 12:00:03 x", Date.UTC(YEARLESS, 1, 29, 12, 0, 3)],
  ["I0501 12:00:03.123456   1 main.go:1] x", Date.UTC(YEARLESS, 4, 1, 12, 0, 3, 123)],
];
for (const [text, ms] of YEARLESS_CASES) {
  Deno.test(`readTimestamp() reads ${text}, which has no year`, () => {
    assertEquals(read(text), { ms, zoned: false, year: false });
  });
}

const JSON_CASES: [text: string, ms: number, zoned: boolean][] = [
  ['{"time":"2024-05-01T12:00:03Z","msg":"x"}', NOON, true],
  ['{"msg": "x", "timestamp" : "2024-05-01 12:00:03,123"}', NOON + 123, false],
  ['{"@timestamp":"2024-05-01T12:00:03.000Z"}', NOON, true],
  [`{"ts":${NOON / 1000}.25,"msg":"x"}`, NOON + 250, true],
  [`{"ts":"${NOON / 1000}"}`, NOON, true],
  [`{"time":${NOON},"pid":1}`, NOON, true],
  [`{"time":${NOON}123}`, NOON, true],
  [`{"ts":${NOON}123456}`, NOON, true],
  ['{"msg": "\\"time\\": \\"2020-01-01T00:00:00Z\\"", "time":"2024-05-01T12:00:03Z"}', NOON, true],
];
for (const [text, ms, zoned] of JSON_CASES) {
  Deno.test(`readTimestamp() reads ${text}`, () => {
    assertEquals(read(text), { ms, zoned, year: true });
  });
}

const NONE = [
  "",
  "x",
  "2024-05-01",
  "2024-05-01 noon",
  "2024-13-01 12:00:03",
  "2024-05-00 12:00:03",
  "2024-05-01 24:00:03",
  "2024-05-01 12:60:03",
  "2024-05-01 12:00",
  "0024-05-01 12:00:03",
  "12:00:03 x",
  "model of 2019-01-01 00:00:00 loaded",
  "step 2024",
  "File 2024-05-01.log",
  "May be 12:00:03",
  "Mai  1 12:00:03 x",
  "Error: x",
  "E501 line too long",
  '{"msg":"x"}',
  '{"time":12.5}',
  '{"time":null}',
  '{"times":"2024-05-01T12:00:03Z"}',
  '{"msg":"time","x":1}',
  `${" ".repeat(70)}x 2024-05-01 12:00:03`,
];
for (const text of NONE) {
  Deno.test(`readTimestamp() finds no time in ${JSON.stringify(text)}`, () => {
    assertEquals(read(text), undefined);
  });
}
