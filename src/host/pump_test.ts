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

Deno.test("Pump reads one chunk ahead and no more: a slow reader slows the child", async () => {
  const { stream, controller, close } = pipe();
  const tapped: Uint8Array[] = [];
  const writes: (() => void)[] = [];
  const pump = new Pump(
    stream,
    () => new Promise<void>((resolve) => writes.push(resolve)),
    (chunk) => tapped.push(chunk.slice()),
  );
  for (const chunk of ["one", "two", "three"]) {
    controller.enqueue(bytes(chunk));
    await turns();
  }
  assertEquals(text(tapped), "onetwo");
  writes.shift()!();
  await turns();
  assertEquals(text(tapped), "onetwothree");
  writes.shift()!();
  await turns();
  close();
  for (const release of writes) release();
  await pump.done;
});

Deno.test("Pump doesn't overwrite a chunk while it is being written", async () => {
  const { stream, controller, close } = pipe();
  const writes: { chunk: Uint8Array; release: () => void }[] = [];
  const pump = new Pump(
    stream,
    (chunk) => new Promise<void>((release) => writes.push({ chunk, release })),
    () => {},
  );
  const seen: string[] = [];
  for (const chunk of ["one", "two", "six", "ten", "old"]) {
    controller.enqueue(bytes(chunk));
    await turns();
    if (writes.length < 2) continue;
    const { chunk: oldest, release } = writes.shift()!;
    seen.push(text([oldest]));
    release();
    await turns();
  }
  close();
  seen.push(text([writes[0]!.chunk]));
  writes[0]!.release();
  await pump.done;
  assertEquals(seen, ["one", "two", "six", "ten", "old"]);
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

Deno.test("Pump offers each chunk to the flood after it was shown, and reads on after that", async () => {
  const { stream, controller, close } = pipe();
  const order: string[] = [];
  let ebb = () => {};
  const pump = new Pump(
    stream,
    () => Promise.resolve(order.push("write")),
    (chunk) => order.push(`tap ${text([chunk])}`),
    {
      carry(length) {
        order.push(`flood ${length}`);
        return new Promise((resolve) => ebb = resolve);
      },
    },
  );
  controller.enqueue(bytes("one"));
  await turns();
  controller.enqueue(bytes("three"));
  await turns();
  assertEquals(order, ["write", "tap one", "flood 3"]);
  ebb();
  await turns();
  assertEquals(order.slice(3), ["write", "tap three", "flood 5"]);
  ebb();
  close();
  await pump.done;
});

Deno.test("Pump ends a flood when it is cancelled", async () => {
  const { stream, controller } = pipe();
  let asked = () => true;
  let ebb = () => {};
  const pump = new Pump(stream, () => Promise.resolve(), () => {}, {
    carry(_length, _written, wanted) {
      asked = wanted;
      return new Promise((resolve) => ebb = resolve);
    },
  });
  controller.enqueue(bytes("x"));
  await turns();
  assertEquals(asked(), true);
  pump.cancel();
  assertEquals(asked(), false);
  ebb();
  await pump.done;
});
