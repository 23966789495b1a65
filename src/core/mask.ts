import { base64Forms } from "./base64.ts";
import type { Finding } from "./finding.ts";
import type { Line } from "./line.ts";
import { type Spelling, spellings, utf8 } from "./spelling.ts";

/** A text with every secret in it replaced by `***`. */
export type Mask = (text: string) => string;

const MASKED = "***";

/** Where `base64` and PEM break their lines. */
const BASE64_ROWS = [76, 64];

/** The least that is taken for the beginning of a secret, in characters, where a text breaks off. */
const LEAST_BEGINNING = 8;

/** A secret that is known by its form. */
interface Form {
  /** One of these stands in each, in lower case: to look for that is cheap, and mostly all there is to do. */
  readonly words: readonly string[];
  /** A prefix to keep, and what to mask. */
  readonly pattern: RegExp;
}

/** None looks back further than it has come, so that a line costs time in proportion to its length. */
const FORMS: readonly Form[] = [
  { words: ["bearer"], pattern: /(\bbearer\s+)[\w.~+/=-]{8,}/gi },
  // Google's access tokens, and JSON web tokens.
  {
    words: ["ya29.", "eyj"],
    pattern: /()(?<![\w.-])(?:ya29\.[\w.-]{8,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})/g,
  },
  // Signed URLs: X-Goog-Signature and X-Amz-Signature, Signature of older ones, Azure's sig.
  {
    words: ["signature=", "sig=", "x-amz-security-token="],
    pattern: /((?<![a-z0-9])(?:signature|sig|x-amz-security-token)=)[^\s&"'<>\\,;)]{8,}/gi,
  },
  { words: ["wandb_v"], pattern: /()(?<![0-9a-z])wandb_v\d_\w{16,}(?![0-9a-z])/gi },
  // The password of a URL.
  { words: ["://"], pattern: /(:\/\/[^\s/:@]{0,256}:)[^\s/@]{1,256}(?=@)/g },
];

/** Older W&B keys; a git commit looks the same. */
const HEX_KEY = /()(?<![0-9a-z])[0-9a-f]{40}(?![0-9a-z])/gi;
const HEX_KEY_LENGTH = 40;

/** `[start, end)` in a text. */
type Span = readonly [start: number, end: number];

/**
 * Masks `secrets`, however they are spelled (plain, in URLs, in JSON, in base64), and what has the
 * form of a secret: bearer tokens, signatures of URLs, W&B keys. Time is linear in the text.
 */
export function createMask(secrets: readonly string[]): Mask {
  let needles: readonly string[] | undefined;
  return (text) => {
    needles ??= needlesOf(secrets);
    return cutOut(text, spellings(text).flatMap((spelling) => find(spelling, needles!)));
  };
}

/** A finding in whose lines nothing secret is left. */
export function maskFinding(finding: Finding, mask: Mask): Finding {
  const { context, firstMatch, lastMatch } = finding;
  const masked = (line: Line): Line => ({ ...line, text: mask(line.text) });
  const before = context.lines.at(-1)?.text.slice(0, context.matchIndex) ?? "";
  return {
    ...finding,
    firstMatch: masked(firstMatch),
    lastMatch: masked(lastMatch),
    context: {
      ...context,
      lines: context.lines.map(masked),
      matchIndex: mask(before).length,
    },
  };
}

function needlesOf(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((secret) => {
    const bytes = utf8(secret);
    const forms = base64Forms(Array.from(bytes, (byte) => byte.charCodeAt(0)));
    const rows = forms.flatMap((form) =>
      BASE64_ROWS.flatMap((width) => form.match(new RegExp(`.{1,${width}}`, "g")) ?? [])
    );
    return [secret, bytes, ...forms, ...rows];
  });
  return [...new Set(all)].filter((needle) => needle.length >= LEAST_BEGINNING);
}

function find({ text, origin }: Spelling, needles: readonly string[]): Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number) =>
    spans.push(origin === undefined ? [start, end] : [origin[start]!, origin[end]!]);
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      add(at, at + needle.length);
    }
    const cut = beginningAtEnd(text, needle);
    if (cut !== undefined) add(cut, text.length);
  }
  for (const pattern of formsIn(text)) {
    for (const match of text.matchAll(pattern)) {
      add(match.index + match[1]!.length, match.index + match[0].length);
    }
  }
  return spans;
}

/** The forms of which a text may have a secret. */
function formsIn(text: string): RegExp[] {
  const lower = text.toLowerCase();
  const forms = FORMS.filter(({ words }) => words.some((word) => lower.includes(word)))
    .map(({ pattern }) => pattern);
  return text.length < HEX_KEY_LENGTH ? forms : [...forms, HEX_KEY];
}

/** Where a secret begins that the end of the text has cut off: lines are cut at 16 KiB. */
function beginningAtEnd(text: string, needle: string): number | undefined {
  const start = needle.slice(0, LEAST_BEGINNING);
  let at = text.indexOf(start, Math.max(0, text.length - needle.length + 1));
  for (; at >= 0; at = text.indexOf(start, at + 1)) {
    if (needle.startsWith(text.slice(at))) return at;
  }
  return undefined;
}

function cutOut(text: string, spans: readonly Span[]): string {
  let [result, end] = ["", 0];
  let open: Span | undefined;
  const close = () => {
    if (open === undefined) return;
    result += text.slice(end, open[0]) + MASKED;
    end = open[1];
  };
  for (const span of spans.toSorted((a, b) => a[0] - b[0])) {
    if (open !== undefined && span[0] <= open[1]) open = [open[0], Math.max(open[1], span[1])];
    else {
      close();
      open = span;
    }
  }
  close();
  return result + text.slice(end);
}
