import { assertEquals } from "@std/assert";
import { RealPipe } from "../testing/real_pipe.ts";
import { PipeTee } from "./pipe_tee.ts";
import { widenPipe } from "./pipes.ts";

/** What a pipe is widened to. */
const PIPE_BYTES = 1024 * 1024;

function noise(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function pipes() {
  const [from, to] = [new RealPipe(), new RealPipe()];
  return {
    from,
    to,
    tee: new PipeTee(from.readEnd, to.writeEnd),
    [Symbol.dispose]() {
      from[Symbol.dispose]();
      to[Symbol.dispose]();
    },
  };
}

Deno.test("PipeTee hands the bytes on, shows them, and leaves none behind", () => {
  using world = pipes();
  const { from, to, tee } = world;
  const bytes = noise(50_000);
  from.write(bytes);
  assertEquals(tee.possible, true);
  assertEquals(tee.move(), bytes);
  assertEquals(to.read(), bytes);
  assertEquals(from.read().length, 0);
});

Deno.test("PipeTee moves nothing out of an empty pipe", () => {
  using world = pipes();
  assertEquals(world.tee.move(), undefined);
});

Deno.test("PipeTee moves nothing into a full pipe, and loses nothing", () => {
  using world = pipes();
  const { from, to, tee } = world;
  assertEquals(tee.possible, true);
  to.write(new Uint8Array(PIPE_BYTES));
  const bytes = noise(10_000);
  from.write(bytes);
  assertEquals(tee.move(), undefined);
  to.read();
  assertEquals(tee.move(), bytes);
});

Deno.test("PipeTee moves what fits, and the rest later", () => {
  using world = pipes();
  const { from, to, tee } = world;
  assertEquals(tee.possible, true);
  to.write(new Uint8Array(PIPE_BYTES - 4096));
  const bytes = noise(20_000);
  from.write(bytes);
  const first = tee.move()!.slice();
  assertEquals(first, bytes.subarray(0, 4096));
  to.read();
  assertEquals(tee.move(), bytes.subarray(4096));
  assertEquals(to.read(), bytes.subarray(4096));
});

Deno.test("PipeTee moves nothing out of a pipe that has ended", () => {
  using world = pipes();
  const { from, tee } = world;
  from.write(noise(100));
  from.close(from.writeEnd);
  assertEquals(tee.move()?.length, 100);
  assertEquals(tee.move(), undefined);
});

Deno.test("PipeTee into a pipe that nobody reads moves nothing and kills nobody", () => {
  using world = pipes();
  const { from, to, tee } = world;
  to.close(to.readEnd);
  const bytes = noise(100);
  from.write(bytes);
  assertEquals(tee.move(), undefined);
  assertEquals(from.read(), bytes);
});

Deno.test("PipeTee isn't possible to what is no pipe", () => {
  using world = pipes();
  // No process has as many descriptors.
  const tee = new PipeTee(world.from.readEnd, 1_000_000);
  world.from.write(noise(100));
  assertEquals([tee.possible, tee.move()], [false, undefined]);
  assertEquals(world.from.read().length, 100);
});

Deno.test("PipeTee widens the pipe that it fills, which then takes 256 KiB at once", () => {
  using world = pipes();
  const { from, tee } = world;
  widenPipe(from.writeEnd);
  from.write(new Uint8Array(512 * 1024));
  assertEquals(tee.move()?.length, 256 * 1024);
});
