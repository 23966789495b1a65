import { assertEquals, assertStringIncludes } from "@std/assert";
import { explanationJson, explanationText } from "./explanation.ts";
import { PLAIN } from "./paint.ts";

const EXPLANATION = {
  line: 7,
  text: "boom",
  facts: { message: "boom", status: ["ABORTED"] },
  rules: [
    { rule: "one", fired: true, why: "matches" },
    { rule: "traceback", fired: true, why: "looks at whole tracebacks" },
    { rule: "other", fired: false, why: "has no sign of it" },
  ],
};

Deno.test("explanationText() has the line, what was seen, and each rule's reason", () => {
  assertEquals(
    explanationText(EXPLANATION, PLAIN),
    `line 7 │ boom

Seen in it:
  message  boom
  status   ["ABORTED"]

Rules:
→ one        fires here: matches
→ traceback  fires here: the traceback that ends here
  other      has no sign of it
`,
  );
});

Deno.test("explanationText() has words for no facts and no rules", () => {
  const text = explanationText({ line: 1, text: "", facts: {}, rules: [] }, PLAIN);
  assertStringIncludes(text, "nothing that a rule's facts could name");
  assertStringIncludes(text, "there are none");
});

Deno.test("explanationJson() is the explanation on one line", () => {
  const json = explanationJson(EXPLANATION);
  assertEquals(json.indexOf("\n"), json.length - 1);
  assertEquals(JSON.parse(json), EXPLANATION);
});
