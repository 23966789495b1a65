import { assertEquals } from "@std/assert";
import { config } from "../testing/builders.ts";
import { createMask } from "./mask.ts";
import { maskConfig } from "./masked_config.ts";

Deno.test("maskConfig() masks the words of the command, the names and the log file", () => {
  const own = config({
    command: ["run", "--key=hunter2hunter2"],
    names: { full: "agent hunter2hunter2", short: "hunter2hunter2" },
    logFile: { path: "/tmp/hunter2hunter2.log", maxBytes: 7 },
  });
  const masked = maskConfig(own, createMask(["hunter2hunter2"]));
  assertEquals(masked.command, ["run", "--key=***"]);
  assertEquals(masked.names, { full: "agent ***", short: "***" });
  assertEquals(masked.logFile, { path: "/tmp/***.log", maxBytes: 7 });
  assertEquals(maskConfig(own, (text) => text), own);
});
