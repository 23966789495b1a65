import { assertEquals } from "@std/assert";
import { type BailOutRecord } from "../core/record.ts";
import { finding, record } from "../testing/builders.ts";
import { torchErrorText } from "./torch_error.ts";

Deno.test("torchErrorText() has the form of torchelastic's own error files", () => {
  const own = record({ cause: "finding", finding: finding(["before", "boom now"]) });
  assertEquals(JSON.parse(torchErrorText(own as BailOutRecord, 1_700_000_000_999)), {
    message: {
      message: "bailout: Boom! (rule boom): boom now",
      errorCode: 1,
      extraInfo: { py_callstack: "before\nboom now", timestamp: "1700000000" },
    },
  });
});
