import { assertEquals } from "@std/assert";
import { seededRandom } from "../../testing/random.ts";
import { below } from "../../testing/random_patterns.ts";
import { CountedEnds } from "./counted_ends.ts";

/** A chunk in which every third byte ends a line, and which of its bytes were counted one by one. */
function chunk() {
  const looked: [number, number][] = [];
  const ends = (from: number, end: number) => Math.ceil(end / 3) - Math.ceil(from / 3);
  const count = (from: number, end: number) => {
    looked.push([from, end]);
    return ends(from, end);
  };
  return { looked, ends, count };
}

Deno.test("CountedEnds counts only what no search has counted", () => {
  const { looked, ends, count } = chunk();
  const counted = new CountedEnds();
  counted.add(10, 40, ends(10, 40));
  counted.add(41, 90, ends(41, 90));
  assertEquals(counted.between(0, 100, count), ends(0, 100));
  assertEquals(looked, [[0, 10], [40, 41], [90, 100]]);
});

Deno.test("CountedEnds takes off what a search has counted beyond the end", () => {
  const { looked, ends, count } = chunk();
  const counted = new CountedEnds();
  counted.add(10, 40, ends(10, 40));
  assertEquals(counted.between(10, 31, count), ends(10, 31));
  assertEquals(looked, [[31, 40]]);
});

Deno.test("CountedEnds leaves alone what began before or behind", () => {
  const { looked, ends, count } = chunk();
  const counted = new CountedEnds();
  counted.add(10, 40, ends(10, 40));
  counted.add(60, 70, ends(60, 70));
  assertEquals(counted.between(20, 60, count), ends(20, 60));
  assertEquals(looked, [[20, 60]]);
  counted.clear();
  assertEquals(counted.between(10, 70, count), ends(10, 70));
  assertEquals(looked.at(-1), [10, 70]);
});

Deno.test("CountedEnds is right whatever was searched, also backwards", () => {
  const random = seededRandom(8);
  for (let round = 0; round < 2000; round++) {
    const { ends, count } = chunk();
    const counted = new CountedEnds();
    for (let i = below(random, 8); i > 0; i--) {
      const from = below(random, 200);
      const to = from + below(random, 60);
      counted.add(from, to, ends(from, to));
    }
    const from = below(random, 200);
    const end = from + below(random, 100);
    assertEquals(counted.between(from, end, count), ends(from, end));
  }
});
