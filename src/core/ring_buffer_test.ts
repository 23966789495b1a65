import { assertEquals, assertThrows } from "@std/assert";
import { RingBuffer } from "./ring_buffer.ts";

function filled(capacity: number, count: number): RingBuffer<number> {
  const buffer = new RingBuffer<number>(capacity);
  for (let i = 1; i <= count; i++) buffer.push(i);
  return buffer;
}

Deno.test("RingBuffer is empty at first", () => {
  assertEquals(filled(3, 0).length, 0);
  assertEquals(filled(3, 0).last(3), []);
});

Deno.test("RingBuffer keeps the newest items in order, whatever was pushed before", () => {
  for (const capacity of [1, 2, 3, 7]) {
    for (let count = 0; count <= 3 * capacity + 1; count++) {
      const all = Array.from({ length: count }, (_, i) => i + 1);
      const buffer = filled(capacity, count);
      assertEquals(buffer.length, Math.min(count, capacity));
      for (let wanted = 1; wanted <= capacity + 1; wanted++) {
        const expected = all.slice(-Math.min(wanted, capacity));
        assertEquals(buffer.last(wanted), expected, `last ${wanted} of ${count} in ${capacity}`);
      }
    }
  }
});

Deno.test("RingBuffer gives nothing for zero or less", () => {
  assertEquals(filled(3, 5).last(0), []);
  assertEquals(filled(3, 5).last(-1), []);
});

Deno.test("RingBuffer hands out copies: later pushes don't change what was taken", () => {
  const buffer = filled(2, 2);
  const taken = buffer.last(2);
  buffer.push(3);
  assertEquals(taken, [1, 2]);
});

Deno.test("RingBuffer can hold undefined as an item", () => {
  const buffer = new RingBuffer<undefined>(2);
  buffer.push(undefined);
  assertEquals(buffer.last(2), [undefined]);
});

Deno.test("RingBuffer refuses a capacity that isn't a whole number from 1 up", () => {
  for (const capacity of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(() => new RingBuffer(capacity), RangeError, `from 1 up: ${capacity}`);
  }
});
