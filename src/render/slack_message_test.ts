import { assert, assertEquals } from "@std/assert";
import type { BailOutRecord } from "../core/record.ts";
import { finding, record } from "../testing/builders.ts";
import { slackMessage } from "./slack_message.ts";

function message(texts: string[], command: [string, ...string[]] = ["sh"]) {
  const own = record({ cause: "finding", finding: finding(texts) }, { command });
  return JSON.parse(slackMessage(own as BailOutRecord, "✗ sh stopped by rule boom"));
}

Deno.test("slackMessage() has the headline, the facts and the lines", () => {
  assertEquals(message(["a < b && c", "boom"], ["run", "--x=`y`"]), {
    text: "🚨 FATAL ERROR DETECTED: Boom!",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "🚨 FATAL ERROR DETECTED: Boom!" } },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: "*it went boom*\n✗ sh stopped by rule boom\n`run --x='y'`",
        },
      },
      {
        type: "section",
        text: { type: "mrkdwn", text: "```a &lt; b &amp;&amp; c\nboom```" },
      },
    ],
  });
});

Deno.test("slackMessage() keeps to Slack's limits and shows the newest lines", () => {
  const texts = Array.from({ length: 99 }, (_, i) => `line ${i} \`\`\` ${"x".repeat(90)}`);
  const [, facts, lines] = message([...texts, "boom"], ["run", "x".repeat(9000)]).blocks;
  assert(facts.text.text.length <= 3000 && lines.text.text.length <= 3000);
  assert(lines.text.text.startsWith("```line ") && lines.text.text.endsWith("\nboom```"));
  assertEquals(lines.text.text.split("```").length, 3);
});
