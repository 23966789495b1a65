import { contextTexts } from "../core/context_texts.ts";
import type { Finding } from "../core/finding.ts";

/**
 * A finding as an annotation of GitHub Actions, in a group of its own: workflow commands of
 * docs.github.com/actions/reference/workflow-commands-for-github-actions, escaped as its toolkit does.
 */
export function annotationText(finding: Finding, level: "error" | "warning"): string {
  const { rule, context } = finding;
  const title = `FATAL ERROR DETECTED: ${rule.title}`;
  const body = [`${rule.reason} (rule ${rule.id})`, ...contextTexts(context)].join("\n");
  return `::group::${escapeData(`bailout: rule ${rule.id}`)}\n` +
    `::${level} title=${escapeProperty(title)}::${escapeData(body)}\n` +
    "::endgroup::\n";
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
