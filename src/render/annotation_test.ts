import { assertEquals } from "@std/assert";
import { finding, rule } from "../testing/builders.ts";
import { annotationText } from "./annotation.ts";

Deno.test("annotationText() is one escaped line in a group", () => {
  const found = finding(["at 100%", "a::b, boom"], { rule: rule({ title: "Boom: 100%, really" }) });
  assertEquals(
    annotationText(found, "error"),
    "::group::bailout: rule boom\n" +
      "::error title=FATAL ERROR DETECTED%3A Boom%3A 100%25%2C really::" +
      "it went boom (rule boom)%0Aat 100%25%0Aa::b, boom\n" +
      "::endgroup::\n",
  );
});
