import { assertEquals } from "@std/assert";
import { explainLine, factsOf } from "./explain.ts";
import { DEFAULT_RULES } from "./rules/default.ts";

const rule = (id: string) => DEFAULT_RULES.find((each) => each.id === id)!;

Deno.test("factsOf() lists what was seen and leaves out what wasn't", () => {
  assertEquals(factsOf("wandb: ERROR launch: 403 Permission 'x' denied"), {
    message: "403 Permission 'x' denied",
    level: "error",
    status: ["PERMISSION_DENIED"],
    http: [403],
    tool: ["wandb"],
  });
});

Deno.test("explainLine() says why a rule fires, or why not", () => {
  const denied = rule("permission-denied");
  assertEquals(explainLine("PermissionDenied: 403 x", denied), "matches");
  assertEquals(explainLine("all is well", denied), "has no sign of it");
  assertEquals(
    explainLine("PermissionDenied: 403 x, retrying in 2 s", denied),
    "would match, but it announces a retry",
  );
  assertEquals(explainLine("HTTP 503", rule("service-error")), "matches; 2 such lines are needed");
  assertEquals(
    explainLine("stage load: FAILED, FAILURE/FATAL", rule("repeated-failures")),
    "an except pattern rules it out",
  );
  assertEquals(
    explainLine("KeyError: 1", rule("python-exception")),
    "looks at whole tracebacks, not at single lines",
  );
});
