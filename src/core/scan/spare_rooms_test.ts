import { assert, assertEquals } from "@std/assert";
import { SpareRooms } from "./spare_rooms.ts";

Deno.test("SpareRooms gives a room out again, to whom it is big enough for", () => {
  const rooms = new SpareRooms();
  const room = rooms.take(10_000);
  assert(room.length >= 10_000);
  rooms.giveBack(room);
  assert(rooms.take(20_000) !== room);
  assert(rooms.take(9_000) === room);
  assert(rooms.take(9_000) !== room);
});

Deno.test("SpareRooms keeps two rooms at most, and none that is small", () => {
  const rooms = new SpareRooms();
  const made = [5000, 6000, 7000].map((length) => rooms.take(length));
  for (const room of made) rooms.giveBack(room);
  assertEquals(made.map((room) => rooms.take(5000) === room), [false, true, false]);
  assertEquals(rooms.take(100).length, 100);
});
