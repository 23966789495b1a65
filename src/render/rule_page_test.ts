import { assertEquals, assertStringIncludes } from "@std/assert";
import { builtInRules } from "../core/rule_set.ts";
import { rule } from "../testing/builders.ts";
import { PLAIN } from "./paint.ts";
import { rulePage, rulePageJson } from "./rule_page.ts";
import { ruleListJson, ruleTable } from "./rule_table.ts";

const FULL = rule({
  advice: "Mend it.",
  docs: "https://example.com",
  except: ["no", "never"],
  clears: ["fine"],
  streams: ["stderr"],
  threshold: 2,
  withinMs: 60_000,
  confirmMs: 500,
  retryable: true,
  action: "warn",
  exitCode: 40,
  tests: { match: ["boom\nboom"], noMatch: ["no boom"] },
});

Deno.test("rulePage() says everything that a rule has", () => {
  assertEquals(
    rulePage(FULL, PLAIN),
    `boom: Boom!

reason      it went boom
category    config (exit code 40 with --exit-codes category)
action      warn
retryable   yes, the same may succeed later
met when    2 of the last 100 lines match, all within 60s
recognises  boom
except      no
            never
cleared by  fine
confirm     waits 500ms for a clearing line
streams     stderr

How to mend it:
  Mend it.
  https://example.com

Lines that it matches:
  - boom
    boom

Lines that it leaves alone:
  - no boom
`,
  );
});

Deno.test("rulePage() of a small rule is small", () => {
  assertEquals(
    rulePage(rule({ retryable: false }), PLAIN),
    `boom: Boom!

reason      it went boom
category    config (exit code 10 with --exit-codes category)
action      kill
retryable   no
met when    1 of the last 100 lines matches
recognises  boom
`,
  );
});

Deno.test("rulePageJson() writes a rule as rule files do", () => {
  assertEquals(JSON.parse(rulePageJson(FULL)), {
    id: "boom",
    category: "config",
    title: "Boom!",
    reason: "it went boom",
    advice: "Mend it.",
    docs: "https://example.com",
    pattern: "boom",
    except: ["no", "never"],
    streams: ["stderr"],
    window: 100,
    threshold: 2,
    within: "60s",
    clears: ["fine"],
    confirm: "500ms",
    retryable: true,
    exitCode: 40,
    action: "warn",
    tests: { match: ["boom\nboom"], noMatch: ["no boom"] },
  });
});

Deno.test("ruleListJson() shows each kind of matcher", () => {
  const kinds = (profile: "default" | "classic") =>
    (JSON.parse(ruleListJson(builtInRules(profile))) as Record<string, unknown>[])
      .map((data) =>
        ["pattern", "facts", "json", "sequence", "traceback"].filter((k) => k in data)
      );
  for (const profile of ["default", "classic"] as const) {
    assertEquals(kinds(profile).filter((found) => found.length !== 1), []);
  }
});

Deno.test("ruleTable() has a line a rule, in list order, cut to what fits", () => {
  const long = rule({
    id: "long-one",
    matcher: { kind: "pattern", pattern: "x".repeat(100) },
    action: "observe",
    exitCode: 99,
  });
  const lines = ruleTable([rule(), long]).split("\n");
  assertEquals(lines[0], "ID        CATEGORY  WINDOW  THRESHOLD  CODE  ACTION   RECOGNISES");
  assertEquals(lines[1], "boom      config    100     1          10    kill     boom");
  assertStringIncludes(lines[2]!, "99    observe  " + "x".repeat(59) + "…");
  assertEquals(lines.slice(3), [""]);
});
