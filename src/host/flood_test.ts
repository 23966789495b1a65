import { assertEquals } from "@std/assert";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { Flood } from "./flood.ts";

const KIB = 1024;
const BIG = new Uint8Array(256 * KIB);
const WRITTEN = Promise.resolve();
const ALWAYS = () => true;

/** A flood of `chunks`, or an endless one. */
function flood(chunks: Uint8Array[] | "endless", fields: { possible?: boolean } = {}) {
  const clock = new FakeClock();
  const outlet = {
    passable: true,
    passedBytes: 0,
    passed: (bytes: Uint8Array) => void (outlet.passedBytes += bytes.length),
  };
  const tapped: number[] = [];
  const world = { clock, outlet, tapped, asked: 0, onTap: () => {} };
  const tee = {
    possible: true,
    move: () => {
      world.asked++;
      return chunks === "endless" ? BIG : chunks.shift();
    },
    ...fields,
  };
  const tap = (bytes: Uint8Array) => {
    tapped.push(bytes.length);
    world.onTap();
  };
  return Object.assign(world, { flood: new Flood({ tee, outlet, tap, clock }) });
}

Deno.test("Flood carries on after a big chunk until nothing moves any more", async () => {
  const world = flood([BIG, BIG, BIG, BIG, BIG, BIG]);
  await world.flood.carry(BIG.length, WRITTEN, ALWAYS);
  assertEquals(world.tapped, Array(6).fill(BIG.length));
  assertEquals([world.outlet.passedBytes, world.clock.pending], [6 * BIG.length, 0]);
});

Deno.test("Flood ends with a small chunk: the ordinary way collects such", async () => {
  const world = flood([BIG, BIG.subarray(0, 100), BIG]);
  await world.flood.carry(BIG.length, WRITTEN, ALWAYS);
  assertEquals(world.tapped, [BIG.length, 100]);
});

Deno.test("Flood leaves it alone where little comes, or there is no way", async () => {
  const little = flood("endless");
  await little.flood.carry(32 * KIB - 1, WRITTEN, ALWAYS);
  const none = flood("endless", { possible: false });
  await none.flood.carry(BIG.length, new Promise(() => {}), ALWAYS);
  assertEquals([little.tapped, none.tapped, none.clock.pending], [[], [], 0]);
});

Deno.test("Flood never overtakes the write of the chunk before it", async () => {
  const world = flood([BIG]);
  let release = () => {};
  const written = new Promise<void>((resolve) => release = resolve);
  const carried = world.flood.carry(BIG.length, written, ALWAYS);
  await world.clock.pass(19);
  assertEquals(world.tapped, []);
  release();
  await carried;
  assertEquals([world.tapped, world.clock.pending], [[BIG.length], 0]);
});

Deno.test("Flood gives way after 20 ms of a stalled reader: reading ahead goes on", async () => {
  const world = flood("endless");
  let ended = false;
  world.flood.carry(BIG.length, new Promise(() => {}), ALWAYS).then(() => ended = true);
  await world.clock.pass(19);
  assertEquals(ended, false);
  await world.clock.pass(1);
  assertEquals([ended, world.tapped], [true, []]);
});

Deno.test("Flood never overtakes what the outlet has got from others meanwhile", async () => {
  const world = flood("endless");
  world.onTap = () => void (world.outlet.passable = world.tapped.length < 2);
  await world.flood.carry(BIG.length, WRITTEN, ALWAYS);
  assertEquals(world.tapped.length, 2);
});

Deno.test("Flood stops at once when it isn't wanted any more", async () => {
  const world = flood("endless");
  await world.flood.carry(BIG.length, WRITTEN, () => world.tapped.length < 3);
  assertEquals(world.tapped.length, 3);
  await world.flood.carry(BIG.length, WRITTEN, () => false);
  assertEquals(world.tapped.length, 3);
});

Deno.test("Flood lets timers get their turn, however long it goes on", async () => {
  const world = flood("endless");
  let wanted = true;
  const timer = new Promise<void>((resolve) =>
    setTimeout(() => {
      wanted = false;
      resolve();
    }, 0)
  );
  await world.flood.carry(BIG.length, WRITTEN, () => wanted);
  await timer;
});

Deno.test("Flood lets another one get its turn, and signals", async () => {
  const worlds = [flood("endless"), flood("endless")];
  let signals = 0;
  const listener = () => void signals++;
  Deno.addSignalListener("SIGUSR2", listener);
  const both = () => signals > 0 && worlds.every(({ tapped }) => tapped.length > 8);
  const carried = worlds.map((world) => world.flood.carry(BIG.length, WRITTEN, () => !both()));
  Deno.kill(Deno.pid, "SIGUSR2");
  await Promise.all(carried);
  Deno.removeSignalListener("SIGUSR2", listener);
  await settle();
  assertEquals(signals, 1);
});

Deno.test("Flood asks ever more seldom while there is no room, and at once again after there was", async () => {
  const chunks: Uint8Array[] = [];
  const world = flood(chunks);
  /** Which of so many chunks it asked behind. */
  const asked = async (count: number) => {
    const numbers: number[] = [];
    for (let number = 1; number <= count; number++) {
      const before = world.asked;
      await world.flood.carry(BIG.length, WRITTEN, ALWAYS);
      if (world.asked > before) numbers.push(number);
    }
    return numbers;
  };
  assertEquals(await asked(47), [1, 3, 7, 15, 31, 47]);
  assertEquals(await asked(15), []);
  chunks.push(BIG);
  assertEquals([await asked(1), world.tapped], [[1], [BIG.length]]);
  assertEquals(await asked(3), [1, 3]);
});

Deno.test("Flood waits for no write behind a chunk that goes the ordinary way", async () => {
  const world = flood([]);
  await world.flood.carry(BIG.length, WRITTEN, ALWAYS);
  await world.flood.carry(BIG.length, new Promise(() => {}), ALWAYS);
  assertEquals(world.clock.pending, 0);
});
