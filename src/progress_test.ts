import { assertEquals, assertStringIncludes } from "@std/assert";
import { Outlet } from "./host/outlet.ts";
import { Progress } from "./progress.ts";
import { FakeClock } from "./testing/fake_clock.ts";
import { FakeWriter } from "./testing/fake_writer.ts";

function setUp() {
  const clock = new FakeClock();
  const writer = new FakeWriter();
  const outlet = new Outlet(writer, () => {});
  return { clock, writer, outlet, progress: new Progress(outlet, clock, 1000) };
}

Deno.test("Progress shows nothing of what is over soon", async () => {
  const { clock, writer, outlet, progress } = setUp();
  clock.skip(499);
  progress.update(900);
  progress.clear();
  await outlet.flushed();
  assertEquals(writer.text, "");
});

Deno.test("Progress draws the bar over itself, not too often, and takes it away", async () => {
  const { clock, writer, outlet, progress } = setUp();
  clock.skip(500);
  progress.update(100);
  clock.skip(99);
  progress.update(200);
  clock.skip(1);
  progress.update(300);
  progress.clear();
  progress.clear();
  await outlet.flushed();
  const drawn = writer.text.split("\r\x1b[K");
  assertEquals(drawn.length, 4);
  assertStringIncludes(drawn[1]!, " 10% ");
  assertStringIncludes(drawn[2]!, " 30% ");
  assertEquals([drawn[0], drawn[3]], ["", ""]);
});
