import { assertEquals } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { FakeWriter } from "../testing/fake_writer.ts";
import { Outlet } from "./outlet.ts";

function outlet() {
  const writer = new FakeWriter();
  const broken: string[] = [];
  return { writer, broken, outlet: new Outlet(writer, (error) => broken.push(error.message)) };
}

Deno.test("Outlet keeps the order of writes", async () => {
  const { writer, outlet: out } = outlet();
  await Promise.all(["a", "b", "c"].map((text) => out.write(bytes(text))));
  assertEquals(writer.text, "abc");
});

Deno.test("Outlet doesn't mix two writes that the pipe takes byte by byte", async () => {
  const { writer, outlet: out } = outlet();
  writer.appetite = 1;
  await Promise.all([out.write(bytes("first ")), out.write(bytes("second"))]);
  assertEquals(writer.text, "first second");
  assertEquals(writer.attempts, 12);
});

Deno.test("Outlet resolves a write only when all of it has left", async () => {
  const { writer, outlet: out } = outlet();
  writer.hold();
  let done = false;
  const written = out.write(bytes("a")).then(() => done = true);
  for (let i = 0; i < 20; i++) await Promise.resolve();
  assertEquals([done, out.pending], [false, true]);
  writer.release();
  await written;
  assertEquals([writer.text, out.pending], ["a", false]);
});

Deno.test("Outlet tries again where the pipe is non-blocking and full", async () => {
  const { writer, broken, outlet: out } = outlet();
  writer.hurdles = [new Deno.errors.WouldBlock("full"), new Deno.errors.WouldBlock("full")];
  await out.write(bytes("late"));
  assertEquals([writer.text, writer.attempts, broken], ["late", 3, []]);
});

Deno.test("Outlet tells once that its reader has gone, and drops what comes later", async () => {
  const { writer, broken, outlet: out } = outlet();
  await out.write(bytes("seen "));
  writer.break();
  await Promise.all([out.write(bytes("a")), out.write(bytes("b")), out.say("c\n")]);
  await out.write(bytes("d"));
  assertEquals(broken, ["Broken pipe (os error 32)"]);
  assertEquals([writer.text, writer.attempts, out.pending], ["seen ", 2, false]);
});

Deno.test("Outlet stays broken: a reader that comes back would see a torn stream", async () => {
  const { writer, outlet: out } = outlet();
  writer.hurdles = [new Error("gone")];
  await out.write(bytes("lost"));
  await out.write(bytes("dropped"));
  assertEquals(writer.text, "");
});

Deno.test("Outlet writes nothing for no bytes", async () => {
  const { writer, outlet: out } = outlet();
  await out.write(new Uint8Array(0));
  assertEquals(writer.attempts, 0);
});

Deno.test("Outlet's flushed() waits for what was written before it", async () => {
  const { writer, outlet: out } = outlet();
  await out.flushed();
  out.write(bytes("a"));
  out.write(bytes("b"));
  await out.flushed();
  assertEquals(writer.text, "ab");
});

const SAYINGS: [name: string, written: string[], text: string][] = [
  ["after nothing", [], "hello\n"],
  ["after a finished line", ["line\n"], "line\nhello\n"],
  ["after a finished line and no bytes", ["line\n", ""], "line\nhello\n"],
  ["after an unfinished line", ["10%"], "10%\nhello\n"],
  ["after an unfinished line and no bytes", ["10%", ""], "10%\nhello\n"],
];
for (const [name, written, text] of SAYINGS) {
  Deno.test(`Outlet says its own words on a line of their own ${name}`, async () => {
    const { writer, outlet: out } = outlet();
    for (const part of written) out.write(bytes(part));
    await out.say("hello\n");
    assertEquals(writer.text, text);
  });
}

Deno.test("Outlet takes its own words for output too: the next ones need no empty line", async () => {
  const { writer, outlet: out } = outlet();
  out.write(bytes("x"));
  out.say("one\n");
  await out.say("two\n");
  assertEquals(writer.text, "x\none\ntwo\n");
});

Deno.test("Outlet says its own words on a line of their own after what has passed it by", async () => {
  const { writer, outlet: out } = outlet();
  out.passed(bytes("a line\nhalf a li"));
  await out.say("one\n");
  out.passed(bytes("a line\n"));
  await out.say("two\n");
  assertEquals(writer.text, "\none\ntwo\n");
});

Deno.test("Outlet can be passed by while nothing waits, and until its reader has gone", async () => {
  const { writer, outlet: out } = outlet();
  const passable = [out.passable];
  writer.hold();
  const written = out.write(bytes("a"));
  passable.push(out.passable);
  writer.release();
  await written;
  passable.push(out.passable);
  writer.break();
  await out.write(bytes("b"));
  passable.push(out.passable);
  assertEquals(passable, [true, false, true, false]);
});
