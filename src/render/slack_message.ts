import type { BailOutRecord } from "../core/record.ts";

/** The most that Slack takes in a header and in the text of a section, in characters. */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3000;

/** A bail-out as a message for Slack's incoming webhooks (api.slack.com/messaging/webhooks). */
export function slackMessage(record: BailOutRecord, verdict: string): string {
  const headline = `FATAL ERROR DETECTED: ${record.headline}`;
  const facts = `*${escape(record.reason)}*\n${escape(verdict)}\n` +
    `\`${escape(record.command.join(" ")).replaceAll("`", "'").slice(0, 500)}\``;
  return JSON.stringify({
    // What notifications show, and clients that know no blocks.
    text: `🚨 ${escape(headline)}`,
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: `🚨 ${headline}`.slice(0, HEADER_LIMIT) },
      },
      section(facts.slice(0, SECTION_LIMIT)),
      section(`\`\`\`${newest(record.context)}\`\`\``),
    ],
  });
}

function section(text: string) {
  return { type: "section", text: { type: "mrkdwn", text } };
}

/** The last lines that fit: the match is the last. */
function newest(context: readonly string[]): string {
  const limit = SECTION_LIMIT - 2 * "```".length;
  const text = escape(context.join("\n")).replaceAll("```", "'''");
  return text.length <= limit ? text : text.slice(-limit).replace(/^[^\n]*\n/, "");
}

/** The three characters that mean something to Slack's mrkdwn. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
