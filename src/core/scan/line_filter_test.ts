import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import { below, randomBytes, randomPatterns } from "../../testing/random_patterns.ts";
import { createLineFilter, type LineFilter, MAX_FILTERED, SimdFilter } from "./line_filter.ts";
import { literal } from "./pattern.ts";
import { PlainFilter } from "./plain_filter.ts";

/** Half of the chunks lie in the filter's own room, some not at its begin. */
function load(filter: SimdFilter, chunk: Uint8Array, round: number): void {
  if (round % 2 === 0) return filter.load(chunk);
  const room = filter.room.subarray(round % 3);
  room.set(chunk);
  filter.load(room.subarray(0, chunk.length));
}

/** The begin of the line that `index` lies in. */
function lineOf(chunk: Uint8Array, index: number): number {
  let start = index;
  while (start > 0 && chunk[start - 1] !== 10 && chunk[start - 1] !== 13) start--;
  return start;
}

Deno.test("the fast filter never passes a line in which the plain one finds a pattern", () => {
  const random = seededRandom(1);
  let [found, passed] = [0, 0];
  for (let round = 0; round < 400; round++) {
    const patterns = randomPatterns(random);
    const [fast, plain] = [new SimdFilter(patterns), new PlainFilter(patterns)];
    const chunk = randomBytes(random, patterns, below(random, 300));
    load(fast, chunk, round);
    plain.load(chunk);
    const from = below(random, chunk.length + 1);
    const [sure, maybe] = [plain.next(from, chunk.length), fast.next(from, chunk.length)];
    assert(maybe >= from && maybe <= chunk.length);
    if (sure < chunk.length) found++;
    else if (maybe === chunk.length) passed++;
    assert(lineOf(chunk, maybe) <= lineOf(chunk, sure), `${JSON.stringify(patterns)} ${chunk}`);
  }
  assert(found > 50 && passed > 20, `${found} found, ${passed} passed`);
});

Deno.test("both filters count and find the same line ends", () => {
  const random = seededRandom(2);
  const [fast, plain] = [new SimdFilter([]), new PlainFilter([])];
  for (let round = 0; round < 2000; round++) {
    const chunk = randomBytes(random, [], below(random, 120));
    load(fast, chunk, round);
    plain.load(chunk);
    const from = below(random, chunk.length + 1);
    const end = from + below(random, chunk.length - from + 1);
    const count = 1 + below(random, 6);
    const both = (ask: (filter: LineFilter) => number) => assertEquals(ask(fast), ask(plain));
    both((filter) => filter.lineEnds(from, end));
    both((filter) => filter.find(0x0a, from, end));
    both((filter) => filter.lastLines(from, end, count));
  }
});

Deno.test("as many line ends are counted as there are, also where every byte is one", () => {
  const filter = new SimdFilter([]);
  for (const end of ["\n", "\r"]) {
    const chunk = bytes(end.repeat(20_000));
    filter.load(chunk);
    assertEquals(filter.lineEnds(3, chunk.length), chunk.length - 3);
  }
});

Deno.test("a CR at the end of a chunk doesn't see what an earlier chunk left behind it", () => {
  const filter = new SimdFilter([]);
  filter.load(bytes("abc\r\n"));
  filter.load(bytes("abc\r"));
  assertEquals(filter.lineEnds(0, 4), 1);
});

Deno.test("a chunk in the filter's own room isn't changed, nor what comes behind it", () => {
  const filter = new SimdFilter([literal("x")]);
  const text = bytes("abc\r\ndef\nrest");
  filter.room.set(text);
  const chunk = filter.room.subarray(0, text.length);
  filter.load(chunk.subarray(5, 9));
  assertEquals([filter.lineEnds(0, 4), filter.find(0x65, 0, 4), filter.next(0, 4)], [1, 1, 4]);
  assertEquals(chunk, text);
});

Deno.test("a filter takes chunks as large as it says", () => {
  const filter = createLineFilter([literal("needle")]);
  const chunk = new Uint8Array(MAX_FILTERED).fill(0x61);
  chunk[MAX_FILTERED - 1] = 0x0a;
  filter.load(chunk);
  assertEquals(filter.next(0, chunk.length), chunk.length);
  chunk.set(bytes("needle"), MAX_FILTERED - 7);
  filter.load(chunk);
  assert(filter.next(0, chunk.length) >= MAX_FILTERED - 7);
  assertEquals(filter.lineEnds(0, chunk.length), 1);
});

Deno.test("without WebAssembly every line is read", () => {
  const { Instance } = WebAssembly;
  try {
    WebAssembly.Instance = class {
      constructor() {
        throw new RangeError("WebAssembly.Instance(): Out of memory");
      }
    } as unknown as typeof Instance;
    const filter = createLineFilter([literal("x")]);
    filter.load(bytes("abc\ndef\n"));
    assertEquals([filter.next(4, 8), filter.lineEnds(0, 8), filter.find(0x64, 0, 8)], [4, 2, 4]);
  } finally {
    WebAssembly.Instance = Instance;
  }
});
