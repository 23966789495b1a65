import { assertEquals } from "@std/assert";
import { entryOf } from "./byte_tables.ts";
import { type LoadCode, machineSearch } from "./machine_search.ts";
import { literal } from "./pattern.ts";

const PLACED = [{ pattern: literal("abcd"), offset: 0, bucket: 0, byteBucket: 0 }];

/** A processor that says so much of itself and finds nothing, and what it was given. */
function processor(supported: number) {
  const world = { code: 0, calls: [] as number[][], memory: new Uint8Array(0x10000) };
  const load: LoadCode = (_arch, code, entries) => {
    world.code = code.length;
    return entries.map((entry) => (memory, low, high) => {
      assertEquals(memory, world.memory);
      world.calls.push([entry, low, high]);
      new DataView(memory.buffer).setUint32(0x8208, entry === 0 ? supported : high, true);
    });
  };
  return { world, load };
}

Deno.test("machineSearch() asks the processor first, then calls `next`", () => {
  const { world, load } = processor(1);
  const search = machineSearch(load, world.memory, PLACED)!;
  assertEquals(search.next(5, 70), 70);
  assertEquals(world.calls, [[0, 0, 0], [0x80, 5, 70]]);
  assertEquals(world.code > 0x80, true);
});

Deno.test("machineSearch() puts its tables where line_filter_x86.s looks for them", () => {
  const { world, load } = processor(1);
  machineSearch(load, world.memory, PLACED);
  assertEquals(
    [..."abcd"].map((one, place) => world.memory[0x8000 + place * 64 + entryOf(one.charCodeAt(0))]),
    [1, 1, 1, 1],
  );
  assertEquals(world.memory.slice(0x8000, 0x8200).filter((byte) => byte !== 0).length, 4);
});

Deno.test("machineSearch() has the line ends that were counted, unless there may be a CR", () => {
  const { world, load } = processor(1);
  const search = machineSearch(load, world.memory, PLACED)!;
  const left = new DataView(world.memory.buffer, 0x8200);
  left.setUint32(0, 1234, true);
  assertEquals(search.lineEnds, 1234);
  left.setUint32(4, 1, true);
  assertEquals(search.lineEnds, undefined);
});

Deno.test("machineSearch() leaves it alone on a processor that can't", () => {
  const { world, load } = processor(0);
  assertEquals(machineSearch(load, world.memory, PLACED), undefined);
  assertEquals(machineSearch(() => undefined, world.memory, PLACED), undefined);
  assertEquals(world.memory.every((byte) => byte === 0), true);
});
