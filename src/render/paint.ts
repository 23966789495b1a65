import { bold, cyan, dim, green, red, yellow } from "@std/fmt/colors";

/** Colours for bailout's own messages; each leaves the text as it is where colour is off. */
export interface Paint {
  readonly alarm: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly note: (text: string) => string;
  readonly rule: (text: string) => string;
}

const plain = (text: string) => text;

export const PLAIN: Paint = {
  alarm: plain,
  bad: plain,
  good: plain,
  warn: plain,
  note: plain,
  rule: plain,
};

export const COLORED: Paint = {
  alarm: (text) => bold(red(text)),
  bad: red,
  good: green,
  warn: yellow,
  note: cyan,
  rule: dim,
};
