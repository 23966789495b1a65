/**
 * Whether `part` is `whole` with fields and items left out: each of its fields is there with a value
 * that it is a part of, and each item of a list is a part of some item.
 */
export function isPartOf(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) &&
      part.every((item) => whole.some((other) => isPartOf(item, other)));
  }
  if (typeof part === "object" && part !== null) {
    return typeof whole === "object" && whole !== null &&
      Object.entries(part).every(([key, value]) =>
        key in whole && isPartOf(value, (whole as Record<string, unknown>)[key])
      );
  }
  return part === whole;
}
