import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import { CODE_FIRST, STATUS_NUMBER } from "../fact_forms.ts";
import { mayHaveNumber } from "./status_number.ts";

const has = (text: string, worded = true) =>
  mayHaveNumber(bytes(`4${text}5`), 1, 1 + bytes(text).length, worded);

for (
  const text of [
    "403",
    "x 503.",
    "x 403: Forbidden",
    "a499",
    "code: 7",
    '"code" : 7',
    String.raw`\"code\":3`,
  ]
) {
  Deno.test(`a line with ${text} may have a status' number`, () => assert(has(text)));
}

for (
  const text of [
    "",
    "40",
    "4031",
    "1403",
    "403Z",
    "499b",
    "500_x",
    "code 7",
    "code: x",
    "code:",
    "coda: 7",
    "codes: 7",
    "303",
    "4.503 s",
  ]
) {
  Deno.test(`a line with ${text || "nothing"} has no status' number`, () => assert(!has(text)));
}

for (const text of ["403 Forbidden", "403: Forbidden", "x 503 GET /", "4.404 Not Found"]) {
  Deno.test(`a line with ${text} may have a status' number without a word`, () => {
    assert(has(text, false));
  });
}

for (
  const text of [
    "403",
    "403: x",
    "403/Not",
    "code: 7",
    "403 ",
    "403:",
    "1403 Forbidden",
    "403X",
    "544 GPUs",
  ]
) {
  Deno.test(`a line with ${text} has no status' number without a word`, () => {
    assert(!has(text, false));
  });
}

Deno.test("a number is found wherever the regular expression finds one", () => {
  const random = seededRandom(5);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const parts = [
    "code",
    "4",
    "5",
    "03",
    "7",
    "a",
    "Ab",
    "GET ",
    ".",
    '"',
    "'",
    "\\",
    ":",
    "=",
    " ",
    "\t",
    "\u00a0",
  ];
  let found = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: Math.floor(random() * 8) }, () => pick(parts)).join("");
    if (CODE_FIRST.test(text)) assert(has(text, false), JSON.stringify(text));
    if (!STATUS_NUMBER.test(text) && !CODE_FIRST.test(text)) continue;
    found++;
    assert(has(text), JSON.stringify(text));
  }
  assert(found > 300, String(found));
});

Deno.test("what lies around the line isn't looked at", () => {
  assertEquals(mayHaveNumber(bytes("xx403xx"), 2, 4, true), false);
  assertEquals(mayHaveNumber(bytes("code: 7"), 0, 6, true), false);
  assertEquals(mayHaveNumber(bytes("4033"), 0, 3, true), true);
  assertEquals(mayHaveNumber(bytes("403 Forbidden"), 0, 4, false), false);
});
