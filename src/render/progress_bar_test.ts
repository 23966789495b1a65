import { assertEquals } from "@std/assert";
import { progressText, sizeText } from "./progress_bar.ts";

Deno.test("progressText() shows the share, the sizes and the time that is left", () => {
  const MIB = 2 ** 20;
  assertEquals(
    progressText(256 * MIB, 1024 * MIB, 2000),
    " 25% ██████░░░░░░░░░░░░░░░░░░ 256 MiB of 1.0 GiB, 6.0s left",
  );
});

Deno.test("progressText() makes do with nothing read, nothing to read, and a file that has grown", () => {
  assertEquals(progressText(0, 10, 500), "  0% ░░░░░░░░░░░░░░░░░░░░░░░░ 0 B of 10 B");
  assertEquals(progressText(0, 0, 500), "100% ████████████████████████ 0 B of 0 B, 0.0s left");
  assertEquals(
    progressText(20, 10, 500),
    "100% ████████████████████████ 20 B of 10 B, 0.0s left",
  );
});

Deno.test("sizeText() chooses the unit", () => {
  assertEquals([0, 1023, 1024, 1536, 150 * 2 ** 20, 3 * 2 ** 40, 5000 * 2 ** 40].map(sizeText), [
    "0 B",
    "1023 B",
    "1.0 KiB",
    "1.5 KiB",
    "150 MiB",
    "3.0 TiB",
    "5000 TiB",
  ]);
});
