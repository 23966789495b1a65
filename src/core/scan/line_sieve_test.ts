import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { createLineFilter } from "./line_filter.ts";
import { cutLines, LineSieve, MAX_LINE_BYTES } from "./line_sieve.ts";
import { literal } from "./pattern.ts";

/** Lines after all chunks and the end of the stream. */
function split(...chunks: (string | Uint8Array)[]): string[] {
  const lines: string[] = [];
  const splitter = cutLines((text) => lines.push(text));
  for (const chunk of chunks) splitter.push(typeof chunk === "string" ? bytes(chunk) : chunk);
  splitter.flush();
  return lines;
}

const CASES: { name: string; chunks: (string | Uint8Array)[]; lines: string[] }[] = [
  { name: "LF ends a line", chunks: ["a\nb\n"], lines: ["a", "b"] },
  { name: "CRLF ends one line", chunks: ["a\r\nb\r\n"], lines: ["a", "b"] },
  { name: "a lone CR ends a line", chunks: ["10%\r20%\r"], lines: ["10%", "20%"] },
  { name: "CR CR LF ends two lines", chunks: ["a\r\r\nb\n"], lines: ["a", "", "b"] },
  { name: "LF CR ends two lines", chunks: ["a\n\rb\n"], lines: ["a", "", "b"] },
  {
    name: "a CRLF cut between two chunks ends one line",
    chunks: ["a\r", "\nb"],
    lines: ["a", "b"],
  },
  {
    name: "an empty chunk inside of a CRLF changes nothing",
    chunks: ["a\r", "", "\nb"],
    lines: ["a", "b"],
  },
  {
    name: "a CR at a chunk's end is a lone one if no LF follows",
    chunks: ["a\r", "b\n"],
    lines: ["a", "b"],
  },
  {
    name: "a CR at a chunk's end, then CRLF, are two line ends",
    chunks: ["a\r", "\r\n"],
    lines: ["a", ""],
  },
  { name: "empty lines are lines", chunks: ["\n\n\r\n\r"], lines: ["", "", "", ""] },
  { name: "a line is joined from chunks", chunks: ["a", "b", "c\nd"], lines: ["abc", "d"] },
  { name: "an unfinished last line counts at the end", chunks: ["a\nb"], lines: ["a", "b"] },
  { name: "a finished last line isn't followed by an empty one", chunks: ["a\n"], lines: ["a"] },
  { name: "nothing at all is no line", chunks: [""], lines: [] },
  { name: "NUL bytes stay", chunks: ["a\0b\n"], lines: ["a\0b"] },
  {
    name: "a byte order mark stays",
    chunks: ["\ufeffa\n\ufeffb\n"],
    lines: ["\ufeffa", "\ufeffb"],
  },
  {
    name: "bad UTF-8 is replaced",
    chunks: [new Uint8Array([0x61, 0xff, 0xc3, 0x0a, 0x62, 0x0a])],
    lines: ["a\ufffd\ufffd", "b"],
  },
  {
    name: "a character cut between two chunks is one character",
    chunks: [bytes("é\n").subarray(0, 1), bytes("é\n").subarray(1)],
    lines: ["é"],
  },
  {
    name: "escapes are stripped, also where a chunk ends inside of one",
    chunks: ["\x1b[3", "1mred\x1b[0m\n"],
    lines: ["red"],
  },
];

for (const { name, chunks, lines } of CASES) {
  Deno.test(`LineSieve: ${name}`, () => assertEquals(split(...chunks), lines));
}

Deno.test("LineSieve gives the same lines wherever its input is cut", () => {
  const tricky = bytes("α\r\n\r\r\nb\n\n\rc\0\x1b[1m€\r\n\xff\r𝄞 end");
  const whole = split(tricky);
  assertEquals(whole, ["α", "", "", "b", "", "", "c\0€", "ÿ", "𝄞 end"]);
  for (let i = 0; i <= tricky.length; i++) {
    for (let j = i; j <= tricky.length; j++) {
      const parts = [tricky.subarray(0, i), tricky.subarray(i, j), tricky.subarray(j)];
      assertEquals(split(...parts), whole, `cut at ${i} and ${j}`);
    }
  }
  assertEquals(split(...Array.from(tricky, (byte) => new Uint8Array([byte]))), whole);
});

Deno.test("LineSieve keeps a line of exactly the cap whole", () => {
  const full = "x".repeat(MAX_LINE_BYTES);
  assertEquals(split(`${full}\nnext\n`), [full, "next"]);
});

Deno.test("LineSieve cuts a longer line at the cap, whether it comes at once or in parts", () => {
  const kept = "x".repeat(MAX_LINE_BYTES);
  assertEquals(split(`${kept}tail\nnext\n`), [kept, "next"]);
  assertEquals(split(kept, "tail", "\nnext\n"), [kept, "next"]);
  assertEquals(split(kept.slice(1), "xta", "il\nnext\n"), [kept, "next"]);
});

Deno.test("LineSieve replaces a character that the cap cuts through", () => {
  const kept = "x".repeat(MAX_LINE_BYTES - 1);
  const first = [`${kept}\ufffd`, "next"];
  assertEquals(split(`${kept}é tail\nnext\n`), first);
  assertEquals(split(`${kept}é`, " tail\nnext\n"), first);
});

Deno.test("LineSieve counts a megabyte in small chunks as one line, and goes on after it", () => {
  const chunk = bytes("y".repeat(1000));
  const lines = split(...Array.from({ length: 1000 }, () => chunk), "\nnext\r\n");
  assertEquals(lines, ["y".repeat(MAX_LINE_BYTES), "next"]);
});

Deno.test("LineSieve does not keep the chunk that it was given", () => {
  const lines: string[] = [];
  const splitter = cutLines((text) => lines.push(text));
  const reused = bytes("abc");
  splitter.push(reused);
  reused.fill(0x7a);
  splitter.push(bytes("d\n"));
  assertEquals(lines, ["abcd"]);
});

Deno.test("LineSieve emits nothing for a second flush", () => {
  const lines: string[] = [];
  const splitter = cutLines((text) => lines.push(text));
  splitter.push(bytes("end"));
  splitter.flush();
  splitter.flush();
  assertEquals(lines, ["end"]);
});

/** What a sieve for `literals` does with chunks: lines that are read, and runs that pass. */
function sieve(
  literals: readonly string[],
  chunks: readonly string[],
  mayPass = () => true,
  concerns?: (text: string) => boolean,
) {
  const events: string[] = [];
  const filter = createLineFilter(literals.map(literal));
  const made = new LineSieve({
    filter: () => filter,
    mayPass,
    minFiltered: 1,
    ...(concerns && {
      concerns: (chunk, start, end) =>
        concerns(new TextDecoder().decode(chunk.subarray(start, end))),
    }),
    line: (text, start) => events.push(`${start}:${text}`),
    passed: (chunk, start, end) =>
      events.push(`passed ${new TextDecoder().decode(chunk.subarray(start, end))}`),
  });
  for (const chunk of chunks) made.push(bytes(chunk));
  made.flush();
  return events;
}

Deno.test("LineSieve lets lines pass uncut in which no pattern stands", () => {
  assertEquals(sieve(["boom"], ["a\nb\r\nc\rxx boom\nd\n"]), [
    "passed a\nb\r\nc\r",
    "7:xx boom",
    "passed d\n",
  ]);
});

Deno.test("LineSieve reads a line that came in parts, and the unfinished one at the end", () => {
  assertEquals(sieve(["boom"], ["a\nbo", "om\nb\nc"]), [
    "passed a\n",
    "0:boom",
    "passed b\n",
    "0:c",
  ]);
});

Deno.test("LineSieve lets nothing pass while it may not", () => {
  let left = 2;
  assertEquals(sieve(["boom"], ["a\nb\nc\nd\n"], () => left-- <= 0), [
    "0:a",
    "2:b",
    "passed c\nd\n",
  ]);
});

Deno.test("LineSieve lets a line pass in which a pattern stands, but that concerns nobody", () => {
  const asked: string[] = [];
  const concerns = (text: string) => {
    asked.push(text);
    return text.includes("big");
  };
  const chunk = "a\nboom 1\r\nboom 2\rb\nboom big\r\nboom 3\n";
  assertEquals(sieve(["boom"], [chunk], () => true, concerns), [
    "passed a\nboom 1\r\nboom 2\rb\n",
    "19:boom big",
    "passed boom 3\n",
  ]);
  assertEquals(asked, ["boom 1", "boom 2", "boom big", "boom 3"]);
});

Deno.test("LineSieve asks about no more of a line than is ever read", () => {
  const asked: number[] = [];
  const concerns = (text: string) => asked.push(text.length) === 0;
  const long = `boom${"x".repeat(2 * MAX_LINE_BYTES)}`;
  assertEquals(sieve(["boom"], [`${long}\n`], () => true, concerns), [`passed ${long}\n`]);
  assertEquals(asked, [MAX_LINE_BYTES]);
});

Deno.test("LineSieve says where in all of a large chunk a line begins", () => {
  const dull = "step\n".repeat(100_000);
  const events = sieve(["boom"], [`${dull}boom\n`]);
  assertEquals(events.filter((event) => event.endsWith("boom")), ["500000:boom"]);
});

for (const end of ["\n", "\r", "\r\n"]) {
  Deno.test(`LineSieve looks for each end once where ${JSON.stringify(end)} ends lines that concern nobody`, () => {
    const filter = createLineFilter([literal("boom")]);
    const find = filter.find.bind(filter);
    let [scanned, asked] = [0, 0];
    filter.find = (byte, from, to) => {
      const index = find(byte, from, to);
      scanned += index - from + 1;
      return index;
    };
    const chunk = bytes(`boom${end}`.repeat(20_000));
    new LineSieve({
      filter: () => filter,
      mayPass: () => true,
      concerns: () => asked++ < 0,
      line: () => {},
      passed: () => {},
    }).push(chunk);
    assertEquals(asked, 20_000);
    assert(scanned < 3 * chunk.length, `${scanned} of ${chunk.length}`);
  });
}

/** Counts the bytes that `indexOf` goes over. */
class CountedBytes extends Uint8Array<ArrayBuffer> {
  static scanned = 0;

  override indexOf(byte: number, from = 0): number {
    const index = super.indexOf(byte, from);
    CountedBytes.scanned += (index === -1 ? this.length : index + 1) - from;
    return index;
  }
}

for (const end of ["\n", "\r", "\r\n"]) {
  Deno.test(`LineSieve goes over its bytes a few times at most where ${JSON.stringify(end)} ends lines`, () => {
    const chunk = new CountedBytes(bytes(`50%${end}`.repeat(20_000)).slice().buffer);
    CountedBytes.scanned = 0;
    let lines = 0;
    cutLines(() => lines++).push(chunk);
    assertEquals(lines, 20_000);
    assert(CountedBytes.scanned < 4 * chunk.length, `${CountedBytes.scanned} of ${chunk.length}`);
  });
}
