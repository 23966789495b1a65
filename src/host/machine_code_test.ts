import { assert, assertEquals } from "@std/assert";
import { builtInRules } from "../core/rule_set.ts";
import { SimdFilter } from "../core/scan/line_filter.ts";
import { machineSearch } from "../core/scan/machine_search.ts";
import { literal } from "../core/scan/pattern.ts";
import { WatchList } from "../core/watch_list.ts";
import { bytes } from "../testing/builders.ts";
import { seededRandom } from "../testing/random.ts";
import { below, randomBytes, randomPatterns } from "../testing/random_patterns.ts";
import { loadCode } from "./machine_code.ts";

// mov [rdi], rsi; ret, and 16 bytes on: not qword ptr [rdi]; ret
const CODE = new Uint8Array(32);
CODE.set([0x48, 0x89, 0x37, 0xc3]);
CODE.set([0x48, 0xf7, 0x17, 0xc3], 16);

const x86 = Deno.build.arch === "x86_64";
const able = x86 && machineSearch(loadCode, new Uint8Array(0xb0000), []) !== undefined;

function test(title: string, possible: boolean, reason: string, fn: () => void): void {
  if (possible) Deno.test(title, fn);
  else Deno.test({ name: `${title} (skipped: ${reason})`, ignore: true, fn });
}

function testX86(title: string, fn: () => void): void {
  test(title, x86, "the processor is another one", fn);
}

function testAble(title: string, fn: () => void): void {
  test(title, able, "the processor has no AVX-512 VBMI with GFNI", fn);
}

/** Pages that are writable and executable at once. */
function rwxPages(): number {
  return [...Deno.readTextFileSync("/proc/self/maps").matchAll(/ rwxp /g)].length;
}

testX86("loadCode() makes functions of machine code, which never was writable then", () => {
  const before = rwxPages();
  const [put, negate] = loadCode("x86_64", CODE, [0, 16])!;
  const memory = new Uint8Array(16);
  put!(memory.subarray(8), 0xfedc_ba98, 0x0001_2345);
  assertEquals([...memory], [0, 0, 0, 0, 0, 0, 0, 0, 0x98, 0xba, 0xdc, 0xfe, 0x45, 0x23, 1, 0]);
  negate!(memory.subarray(8), 0, 0);
  assertEquals([...memory.subarray(8)], [0x67, 0x45, 0x23, 1, 0xba, 0xdc, 0xfe, 0xff]);
  assertEquals(rwxPages(), before);
});

Deno.test("loadCode() refuses another processor's code, and more than a page", () => {
  const other = Deno.build.arch === "x86_64" ? "aarch64" : "x86_64";
  assertEquals(loadCode(other as "x86_64", CODE, [0]), undefined);
  assertEquals(loadCode("x86_64", new Uint8Array(4097), [0]), undefined);
});

Deno.test({
  name: "loadCode() does without where no library may be loaded",
  permissions: { ffi: false },
  fn: () => assertEquals(loadCode("x86_64", CODE, [0]), undefined),
});

testAble("the processor's own code finds what the filter finds by itself", () => {
  const random = seededRandom(3);
  let found = 0;
  for (let round = 0; round < 300; round++) {
    const patterns = randomPatterns(random);
    const [own, plain] = [new SimdFilter(patterns, loadCode, 0), new SimdFilter(patterns)];
    const chunk = randomBytes(random, patterns, below(random, 500));
    // Where there is a CR it counts no line ends.
    if (round % 2 === 0) chunk.forEach((byte, i) => byte === 0x0d && (chunk[i] = 0x0a));
    const shift = below(random, 70);
    for (const filter of [own, plain]) {
      const room = filter.room.subarray(shift, shift + chunk.length);
      room.set(chunk);
      filter.load(room);
    }
    const end = below(random, chunk.length + 1);
    for (let from = 0; from < end; from++) {
      from = plain.next(from, end);
      if (from < end) found++;
      assertEquals(own.next(from, end), from, `${JSON.stringify(patterns)} ${chunk}`);
    }
    const from = below(random, end + 1);
    own.load(own.room.subarray(shift, shift + chunk.length));
    assertEquals(own.next(from, end), plain.next(from, end));
    for (const start of [0, from]) {
      assertEquals(own.lineEnds(start, end), plain.lineEnds(start, end), `from ${start}: ${chunk}`);
    }
  }
  assert(found > 3000, `${found} found`);
});

testAble("the processor's own code and the filter find the same of the default rules", () => {
  const random = seededRandom(4);
  const { patterns } = new WatchList(builtInRules("default"), () => {
    throw new Error("Nothing is shown");
  }).index;
  const [own, plain] = [new SimdFilter(patterns, loadCode), new SimdFilter(patterns)];
  for (let round = 0; round < 20; round++) {
    const chunk = randomBytes(random, patterns, 5000);
    // A long stretch of nothing: beyond what is near, the processor's own code alone looks.
    chunk.fill(0x61, 100, 4000);
    own.load(chunk);
    plain.load(chunk);
    for (let from = 0; from < chunk.length; from++) {
      const next = plain.next(from, chunk.length);
      assertEquals(own.next(from, chunk.length), next);
      from = next;
    }
  }
});

testAble("the processor's own code counts the line ends that it passes, and notices a CR", () => {
  const memory = new Uint8Array(0xb0000);
  const search = machineSearch(loadCode, memory, [
    { pattern: literal("wxyz"), offset: 0, bucket: 0, byteBucket: 0 },
  ])!;
  // GramSet isn't asked here: every pair of bytes may begin a part, and each part is known.
  memory.fill(0xff, 0x400, 0x8000);
  const chunk = memory.subarray(0x60000, 0x60000 + 400);
  for (let at = 0; at < 130; at++) {
    for (const length of [0, 1, 63, 64, 65, 150, 256]) {
      chunk.fill(0x0a);
      chunk.set(bytes("wxyz"), at + length);
      const start = 0x60000 + at;
      assertEquals(search.next(start, start + length + 4), start + length);
      assertEquals(search.lineEnds, length, `found ${length} bytes behind ${at}`);
      // No byte is a part's first.
      chunk.fill(0x0a, at + length, at + length + 4);
      assertEquals(search.next(start, start + length), start + length);
      assertEquals(search.lineEnds, length, `${length} bytes from ${at}`);
      if (length === 0) continue;
      chunk[at + length - 1] = 0x0d;
      search.next(start, start + length);
      assertEquals(search.lineEnds, undefined);
    }
  }
});

testAble("the processor's own code finds a pattern at every place of a chunk", () => {
  const filter = new SimdFilter([literal("needle")], loadCode, 0);
  const chunk = filter.room.subarray(0, 300);
  for (let at = 0; at + 6 <= chunk.length; at++) {
    chunk.fill(0x2e);
    chunk.set(bytes("needle"), at);
    filter.load(chunk);
    const seen = filter.next(0, chunk.length);
    assert(seen >= at && seen < at + 6, `${seen} for ${at}`);
    assertEquals(filter.next(at + 6, chunk.length), chunk.length);
  }
});
