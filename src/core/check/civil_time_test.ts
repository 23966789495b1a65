import { assertEquals } from "@std/assert";
import { seededRandom } from "../../testing/random.ts";
import { civilMs, civilText } from "./civil_time.ts";

Deno.test("civilMs() counts from 1970, leap years among them", () => {
  assertEquals(civilMs([1970, 1, 1], 0), 0);
  assertEquals(civilMs([1970, 1, 2], 5), 86_400_005);
  for (const [year, month, day] of [[2000, 2, 29], [2024, 2, 29], [2023, 12, 31], [2100, 3, 1]]) {
    assertEquals(civilMs([year!, month!, day!], 0), Date.UTC(year!, month! - 1, day!));
  }
});

Deno.test("civilText() writes any moment as Date does", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 2000; round++) {
    const ms = Math.floor(random() * 8e12) - 1e12;
    assertEquals(`${civilText(ms)}Z`, new Date(ms).toISOString());
  }
});
