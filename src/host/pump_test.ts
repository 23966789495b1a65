import { assertEquals } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { Pump } from "./pump.ts";

function pipe() {
  let controller!: ReadableByteStreamController;
  let cancelled = false;
  const stream = new ReadableStream({
    type: "bytes",
    start: (c) => void (controller = c),
    cancel: () => void (cancelled = true),
  }) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const close = () => {
    controller.close();
    // A read that is under way ends only so.
    controller.byobRequest?.respond(0);
  };
  return { stream, controller, close, wasCancelled: () => cancelled };
}

const text = (chunks: readonly Uint8Array[]) => new TextDecoder().decode(joined(chunks));
const joined = (chunks: readonly Uint8Array[]) =>
  new Uint8Array(chunks.flatMap((chunk) => [...chunk]));
const turns = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};

Deno.test("Pump hands every byte on and shows it, in order", async () => {
  const { stream, controller, close } = pipe();
  const written: Uint8Array[] = [];
  const tapped: Uint8Array[] = [];
  const pump = new Pump(
    stream,
    (chunk) => Promise.resolve(written.push(chunk.slice())),
    (chunk) => tapped.push(chunk.slice()),
  );
  const input = new Uint8Array(1000).map((_, i) => i % 256);
  for (let i = 0; i < input.length; i += 7) controller.enqueue(input.slice(i, i + 7));
  close();
  await pump.done;
  assertEquals(joined(written), input);
  assertEquals(joined(tapped), input);
});

Deno.test("Pump ends with an empty pipe", async () => {
  const { stream, close } = pipe();
  const pump = new Pump(stream, () => Promise.resolve(), () => {});
  close();
  await pump.done;
});

Deno.test("Pump reads on only when the write is done: a slow reader slows the child", async () => {
  const { stream, controller, close } = pipe();
  const tapped: Uint8Array[] = [];
  let release = () => {};
  const pump = new Pump(
    stream,
    () => new Promise<void>((resolve) => release = resolve),
    (chunk) => tapped.push(chunk.slice()),
  );
  controller.enqueue(bytes("one"));
  await turns();
  controller.enqueue(bytes("two"));
  await turns();
  assertEquals(text(tapped), "one");
  release();
  await turns();
  assertEquals(text(tapped), "onetwo");
  close();
  release();
  await pump.done;
});

Deno.test("Pump shows a chunk while its write is still under way", async () => {
  const { stream, controller, close } = pipe();
  const order: string[] = [];
  let release = () => {};
  const pump = new Pump(
    stream,
    () => {
      order.push("write");
      return new Promise<void>((resolve) => release = resolve);
    },
    () => order.push("tap"),
  );
  controller.enqueue(bytes("x"));
  await turns();
  assertEquals(order, ["write", "tap"]);
  close();
  release();
  await pump.done;
});

Deno.test("Pump stops reading when it is cancelled, also in the middle of a read", async () => {
  const { stream, wasCancelled } = pipe();
  const pump = new Pump(stream, () => Promise.resolve(), () => {});
  await turns();
  pump.cancel();
  await pump.done;
  assertEquals(wasCancelled(), true);
});

Deno.test("Pump takes a pipe that can't be read for ended", async () => {
  const { stream, controller } = pipe();
  const tapped: Uint8Array[] = [];
  const pump = new Pump(stream, () => Promise.resolve(), (chunk) => tapped.push(chunk.slice()));
  controller.enqueue(bytes("x"));
  await turns();
  controller.error(new Error("EIO"));
  await pump.done;
  assertEquals(text(tapped), "x");
});
