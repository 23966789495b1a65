// The lines that a Python traceback is made of, and what stands before each of them.

// Python ends it with a colon, rich draws a box around it.
export const HEADER = /Traceback \(most recent call last\)(?::?\s*$| \u2500)/;
/** Between two of these another thread's line may have looked like the exception. */
export const FRAME = /^ {2}File "/;
/** An exception without a traceback whose message goes on below: grpc's and aiplatform's do. */
export const BARE = /^(?:[A-Za-z_]\w*\.)*[A-Z_]\w*(?:Error|Exception)\b.*:\s*$/;
/** Fields of google.rpc.Status as text, which aren't indented below such a line. */
export const STATUS_FIELD = /^(?:code|message|details|status)\s*[:=]|^>$/;
/** Stands between two tracebacks of one chain. */
export const CHAIN =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;
// A class name, dotted or in CamelCase, alone or with its message; `INFO: ready` is none.
export const EXCEPTION =
  /^(?:(?:(?:[A-Za-z_]\w*|<locals>)\.)+[A-Za-z_]\w*|[A-Z]\w*[a-z]\w*)(?::(?:\s|$)|$)/;
/** Says by its name that it is one: enough even where no frame stands before it. */
export const SPEAKING_NAME = /^[\w.]*(?:Error|Exception)\b/;
/** Retries that were announced have been in vain. */
export const GAVE_UP = /^[\w.]*(?:RetryError|MaxRetryError|RetriesExceeded\w*)\b/;
/** A user's Ctrl-C and a program's own orderly exit print a traceback, but aren't failures. */
const ORDERLY =
  /^(?:KeyboardInterrupt|SystemExit(?::\s*(?:0|None))?|BrokenPipeError:.*|asyncio\.exceptions\.CancelledError)\s*$/;

/** Whether an exception's line is how a program ends that was told to. */
export function isOrderly(exception: string): boolean {
  return ORDERLY.test(exception);
}

/** `  + Exception Group Traceback …` and the margin below it, with its rules between exceptions. */
export const GROUP = /\+ (?:Exception Group )?$/;
const GROUP_MARGIN = /^\s*(?:\|\s?|\+[-+ ]*(?:\d+ -+)?)+/;

/** What an agent writes before each line, also where the header had more before it. */
const AGENT_PREFIX = /^wandb: (?:ERROR |WARNING )?/;

/** `text` without what stood before the header; a timestamp there has moved on since. */
export function withoutPrefix(text: string, prefix: string): string {
  if (GROUP.test(prefix)) return text.replace(GROUP_MARGIN, "");
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  if (text === prefix.trimEnd()) return "";
  const start = text.slice(0, prefix.length);
  if (shape(start) === shape(prefix)) return text.slice(prefix.length);
  const agent = AGENT_PREFIX.exec(prefix)?.[0];
  return agent !== undefined && text.startsWith(agent.trimEnd()) ? text.slice(agent.length) : text;
}

function shape(text: string): string {
  return text.replace(/\d/g, "0");
}
