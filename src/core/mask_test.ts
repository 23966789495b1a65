import { assert, assertEquals } from "@std/assert";
import { finding } from "../testing/builders.ts";
import { createMask, maskFinding } from "./mask.ts";

// Every kind of character that some encoding treats in its own way.
const SECRET = 'hunter2/+="ä&\\ z';
const mask = createMask([SECRET]);

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const python = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    .replaceAll("%2F", "/");

const SPELLINGS: [name: string, text: string][] = [
  ["plain", SECRET],
  ["URL-encoded", encodeURIComponent(SECRET)],
  ["URL-encoded in small letters", encodeURIComponent(SECRET).toLowerCase()],
  ["URL-encoded with its slashes left", python(SECRET)],
  ["URL-encoded twice", encodeURIComponent(encodeURIComponent(SECRET))],
  ["in a JSON string", JSON.stringify(SECRET).slice(1, -1)],
  ["in JSON in a JSON string", JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
  ["in JSON without anything beyond ASCII", 'hunter2/+=\\"\\u00e4\\u0026\\\\ z'],
  ["in JSON with escaped slashes", 'hunter2\\/+=\\"ä&\\\\ z'],
  ["in base64", base64(SECRET)],
  ["in base64 without padding", base64(SECRET).replace(/=+$/, "")],
  ["in URL-safe base64", base64(SECRET).replaceAll("+", "-").replaceAll("/", "_")],
  ["in base64 in a URL", encodeURIComponent(base64(SECRET))],
  ["URL-encoded in a JSON string", JSON.stringify(encodeURIComponent(SECRET)).slice(1, -1)],
];
for (const [name, text] of SPELLINGS) {
  Deno.test(`createMask() masks a secret ${name}`, () => {
    const masked = mask(`before <${text}> after`);
    // The padding of base64 tells nothing.
    assertEquals(masked.replace(/\*(?:=|%3D)>/, "*>"), "before <***> after");
  });
}

Deno.test("createMask() masks a secret inside of longer base64, wherever it begins", () => {
  const secret = "correct-horse-battery";
  for (const user of ["", "a", "ab", "abc"]) {
    const masked = createMask([secret])(`Basic ${base64(`${user}${secret}@host`)}`);
    // What is left of the secret are the characters that it shares with its neighbours.
    const [before, after] = masked.slice("Basic ".length).split("***");
    assertEquals(before!.length, Math.ceil(user.length * 8 / 6));
    assert(after!.replace(/=+$/, "").length <= base64("y@host").length, masked);
  }
});

Deno.test("createMask() masks base64 that was broken into rows", () => {
  const secret = Array.from({ length: 40 }, (_, i) => `secret${i * 7}`).join("-");
  for (const width of [64, 76]) {
    for (const row of base64(secret).match(new RegExp(`.{1,${width}}`, "g"))!.slice(0, -1)) {
      assertEquals(createMask([secret])(row), "***");
    }
  }
});

Deno.test("createMask() masks every occurrence, and of two that overlap the whole", () => {
  const both = createMask(["abcdefgh", "efghijkl"]);
  assertEquals(both("abcdefghijkl; efghijkl abcdefgh"), "***; *** ***");
});

Deno.test("createMask() masks what the end of a line leaves of a secret", () => {
  const own = createMask(["correct-horse-battery"]);
  assertEquals(own("the key is correct-horse"), "the key is ***");
  assertEquals(own("the key is correct"), "the key is correct");
});

const HEX = "0123456789abcdef0123456789abcdef01234567";
const FORMS: [text: string, masked: string][] = [
  ["Authorization: Bearer abc.DEF-123~x==", "Authorization: Bearer ***"],
  ['{"authorization":"bearer abcdefgh1"}', '{"authorization":"bearer ***"}'],
  ["Authorization%3A%20Bearer%20abcdefgh", "Authorization%3A%20Bearer%20***"],
  ["token ya29.a0AfH6SMBx-y_z.1 used", "token *** used"],
  ["jwt eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM", "jwt ***"],
  ["GET /o?X-Goog-Signature=8f3a9c01&alt=media", "GET /o?X-Goog-Signature=***&alt=media"],
  ["X-Amz-Signature=8f3a9c01 X-Amz-Date=1", "X-Amz-Signature=*** X-Amz-Date=1"],
  ["https://x.blob/c?sv=1&sig=aB%2Fc%3D12&se=2", "https://x.blob/c?sv=1&sig=***&se=2"],
  ["u=https%3A%2F%2Fs%2Fo%3FX-Goog-Signature%3D8f3a9c01%26a", "X-Goog-Signature%3D***%26a"],
  ['"https://s/o?sig=aBcDeFgH\\u0026a=1"', '"https://s/o?sig=***\\u0026a=1"'],
  [`wandb key ${HEX}!`, "wandb key ***!"],
  [`WANDB=\\n${HEX}\\n`, "WANDB=\\n***\\n"],
  [`k%3D${HEX}%26`, "k%3D***%26"],
  [`wandb_v1_${"aB3_".repeat(20)}`, "***"],
  ["proxy http://me:s3cret@proxy:3128/", "proxy http://me:***@proxy:3128/"],
];
for (const [text, masked] of FORMS) {
  Deno.test(`createMask() masks by form: ${masked}`, () => {
    const result = createMask([])(text);
    assertEquals(result.slice(-masked.length), masked);
  });
}

const HARMLESS = [
  "the bearer of bad news",
  "sig=15 received",
  `sha256:${HEX}${HEX.slice(0, 24)}`,
  "design=postmodernism",
  "http://localhost:8080/path@v2 at 10:30",
  "100% done, 5%20 left, C:\\new\\table \\",
];
for (const text of HARMLESS) {
  Deno.test(`createMask() leaves alone: ${text.slice(0, 40)}`, () => {
    assertEquals(createMask(["correct-horse-battery"])(text), text);
  });
}

Deno.test("createMask() needs time in proportion to the text, whatever stands in it", () => {
  const secrets = Array.from({ length: 30 }, (_, i) => "a".repeat(20 + i) + "b");
  const many = createMask(secrets);
  const unit = 16 * 1024;
  const texts = ["a", "%61", "\\u0061", "eyJ", "-eyJ", "://a:", "sig=", "bearer ", "0", "ya29."];
  const before = performance.now();
  for (const text of texts) many(text.repeat(Math.ceil(unit / text.length)));
  // Quadratic time would be minutes.
  assert(performance.now() - before < 5000);
});

Deno.test("maskFinding() masks the context and both matches, and finds the match again", () => {
  const text = "key hunter2hunter2 boom";
  const { context } = finding([text, text]);
  const found = finding(["x"], {
    firstMatch: context.lines[0]!,
    lastMatch: context.lines[1]!,
    context: { ...context, matchIndex: text.indexOf("boom") },
  });
  const masked = maskFinding(found, createMask(["hunter2hunter2"]));
  const all = [masked.firstMatch, masked.lastMatch, ...masked.context.lines];
  assertEquals(all.map((line) => line.text), Array(4).fill("key *** boom"));
  assertEquals(masked.context.matchIndex, "key *** ".length);
});
