import { assertEquals } from "@std/assert";
import { withoutCachePath } from "./bundle.ts";

Deno.test("withoutCachePath() leaves no trace of where the cache lies", () => {
  const bundled = (cache: string) =>
    `// ${cache}/registry.test/prom-client/15.1.3/lib/util.js\n` +
    `var a = __commonJS({ "${cache}/registry.test/prom-client/15.1.3/lib/util.js"() {} });\n` +
    `// src/core/rule.ts\n`;
  const expected = "// npm:prom-client/15.1.3/lib/util.js\n" +
    `var a = __commonJS({ "npm:prom-client/15.1.3/lib/util.js"() {} });\n` +
    "// src/core/rule.ts\n";
  for (const cache of ["../../home/me/.cache/deno/npm", ".deno/npm", "../c++(1)/npm"]) {
    assertEquals(withoutCachePath(bundled(cache), cache), expected);
  }
});
