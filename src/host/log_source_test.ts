import { assertEquals, assertRejects } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { LogError, openLogSource, probeLog } from "./log_source.ts";

async function gzipped(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function withFile<T>(
  content: Uint8Array<ArrayBuffer>,
  run: (path: string) => Promise<T>,
): Promise<T> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, content);
    return await run(path);
  } finally {
    await Deno.remove(path);
  }
}

function read(content: Uint8Array<ArrayBuffer>) {
  return withFile(content, async (path) => {
    const source = await openLogSource(path);
    try {
      let text = "";
      for await (const chunk of source.chunks()) text += new TextDecoder().decode(chunk);
      return { text, size: source.size, position: source.position };
    } finally {
      source.close();
    }
  });
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

Deno.test("openLogSource() reads a file, and knows how far it is", async () => {
  for (const text of ["", "x", "ab", "a\nb\n", "x".repeat(1_000_000)]) {
    assertEquals(await read(bytes(text)), { text, size: text.length, position: text.length });
  }
});

Deno.test("openLogSource() unpacks gzip, whatever the file is called", async () => {
  const packed = await gzipped("a\nb\n".repeat(200_000));
  const { text, size, position } = await read(packed);
  assertEquals(text, "a\nb\n".repeat(200_000));
  assertEquals([size, position], [packed.length, packed.length]);
});

Deno.test("openLogSource() unpacks gzip of several members, and zeros after it", async () => {
  const [a, b] = [await gzipped("hello\n"), await gzipped("world\n")];
  assertEquals((await read(join(a!, b!))).text, "hello\nworld\n");
  assertEquals((await read(join(a!, new Uint8Array(512)))).text, "hello\n");
});

Deno.test("openLogSource() takes a file that only begins like gzip for what it is", async () => {
  assertEquals((await read(new Uint8Array([0x1f]))).text, "\x1f");
  assertEquals((await read(new Uint8Array([0x1f, 0x8c]))).size, 2);
});

Deno.test("openLogSource() says in plain words what is wrong with gzip data", async () => {
  const packed = await gzipped("hello\n".repeat(1000));
  const cut = packed.slice(0, packed.length - 10);
  assertEquals(
    (await assertRejects(() => read(cut), LogError)).message,
    "the gzip data is cut off",
  );
  const damaged = packed.slice();
  damaged.fill(0xff, 10, 20);
  const { message } = await assertRejects(() => read(damaged), LogError);
  assertEquals(message, "the gzip data is damaged");
});

Deno.test("openLogSource() can be left in the middle", async () => {
  const packed = await gzipped(crypto.randomUUID().repeat(100_000));
  await withFile(packed, async (path) => {
    const source = await openLogSource(path);
    for await (const _ of source.chunks()) break;
    source.close();
    source.close();
  });
});

Deno.test("probeLog() knows what can't be a log, and that stdin is there", async () => {
  await probeLog("-");
  const missing = await assertRejects(() => probeLog("/no/such/log"), LogError);
  assertEquals(missing.message, "there is no such file or directory");
  assertEquals(
    (await assertRejects(() => probeLog("/tmp"), LogError)).message,
    "it is a directory",
  );
  assertEquals(
    (await assertRejects(() => openLogSource("/tmp"), LogError)).message,
    "it is a directory",
  );
});
