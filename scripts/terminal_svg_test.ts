import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { terminalSvg } from "./terminal_svg.ts";

function draw(text: string): string {
  return terminalSvg({ text, title: "a run" });
}

/** What stands between the first line's `<text …>` and its end. */
function firstLine(text: string): string {
  return /<text [^>]*>(.*)<\/text>/.exec(draw(text))![1]!;
}

const LINES: [text: string, drawn: string][] = [
  ["plain", "plain"],
  ["  two  spaces ", "  two  spaces "],
  ['a < b && "c" > d', "a &lt; b &amp;&amp; &quot;c&quot; &gt; d"],
  ["\x1b[31mred\x1b[39m not", '<tspan fill="#ff7b72">red</tspan> not'],
  ["\x1b[1m\x1b[31mboth\x1b[39m\x1b[22m", '<tspan font-weight="bold" fill="#ff7b72">both</tspan>'],
  ["\x1b[2mdim\x1b[0m not", '<tspan fill-opacity="0.65">dim</tspan> not'],
  ["\x1b[1;36mboth\x1b[m", '<tspan font-weight="bold" fill="#56d4dd">both</tspan>'],
];
for (const [text, drawn] of LINES) {
  Deno.test(`terminalSvg() draws ${JSON.stringify(text)}`, () => {
    assertEquals(firstLine(text), drawn);
  });
}

Deno.test("terminalSvg() carries a style over to the next line", () => {
  assertStringIncludes(draw("\x1b[32ma\nb\x1b[39m\nc"), ">c</text>");
  assertEquals(draw("\x1b[32ma\nb\x1b[39m\nc").match(/<tspan fill="#7ee787">/g)?.length, 2);
});

Deno.test("terminalSvg() keeps empty lines, and drops the line feed at the end", () => {
  assertEquals(draw("a\n\nb\n").match(/<text /g)?.length, 3);
});

Deno.test("terminalSvg() is as wide as the longest line, with emoji of two columns", () => {
  const width = (text: string) => Number(/ width="(\d+)"/.exec(draw(text))![1]);
  assertEquals(width("ab\nabcdefgh"), width("abcdefgh"));
  assertEquals(width("🚨"), width("ab"));
  assert(width("abc") > width("ab"));
});

Deno.test("terminalSvg() has a title for screen readers and loads nothing", () => {
  const svg = draw("a");
  assertStringIncludes(svg, 'role="img" aria-labelledby="title"');
  assertStringIncludes(svg, '<title id="title">a run</title>');
  assertEquals(
    svg.replace("http://www.w3.org/2000/svg", "").match(/https?:|url\(|@import|href/),
    null,
  );
});

for (const escape of ["\x1b[2J", "\x1b[44m", "\x1b[38;5;1m"]) {
  Deno.test(`terminalSvg() refuses ${JSON.stringify(escape)}`, () => {
    assertThrows(() => draw(`a${escape}b`), SyntaxError, "Cannot draw");
  });
}
