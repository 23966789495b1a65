import { LiteralScanner } from "./scan/literal_scanner.ts";
import { literal, type Pattern } from "./scan/pattern.ts";
import { BY_NAME } from "./status.ts";

const NAMES = [...BY_NAME.keys()].sort((a, b) => b.length - a.length).join("|");
/** Words of the table that also stand in ordinary headings: only an explicit form makes them one. */
export const COMMON = /^(?:UNKNOWN|Unknown|INTERNAL|Internal|ABORTED|Aborted|CANCELLED|Cancelled)$/;

/** A name as the table has them. A list of all 48 would take a first match 5 ms more to compile. */
const ANY_NAME = "[A-Z][A-Za-z_]*";

// The ways in which libraries write a status. Group 1 is its name, if the table has it. Where another
// sign may begin in what isn't a name (`reason: Code: NotFound`) the name isn't used up.
export const STATUS_FORMS: readonly RegExp[] = [
  // google.api_core.exceptions.PermissionDenied: 403 …; QuotaExceeded: …; 7 PERMISSION_DENIED: …
  new RegExp(
    `(?:^|[\\s("'\\[<.:])(${ANY_NAME}):(?=\\s|$)(?!(?: [45]\\d\\d)?(?: {2}|\\t)| (?:\\d{1,2}|\\d{4,})\\s*(?:[,;]|$))`,
    "g",
  ),
  // The class alone, as the end of a traceback without a message
  new RegExp(`^(?:[\\w.]+\\.)?(${ANY_NAME})$`, "g"),
  // StatusCode.PERMISSION_DENIED; code = PermissionDenied; "status": "PERMISSION_DENIED"
  new RegExp(`\\b(?:StatusCode\\.|codes\\.)(?=(${ANY_NAME})\\b(?! {2}|\\t))`, "g"),
  new RegExp(
    `\\b(?:[Cc]ode|[Ss]tatus|[Rr]eason|[Ee]rror[Cc]ode|grpc_status)["']?\\s*[:=]\\s*["'\\[]?(?=(${ANY_NAME})\\b)`,
    "g",
  ),
  new RegExp(`[(\\[](${ANY_NAME})[)\\]]`, "g"),
  // tenacity: RetryError[<Future at 0x7f state=finished raised PermissionDenied>]
  new RegExp(`\\braised (${ANY_NAME})>`, "g"),
];

const REASON_PHRASES =
  "Bad Request|Unauthorized|Unauthenticated|Forbidden|Permission|Not Found|Conflict|Too Many Requests|Internal Server Error|Internal error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Client Error|Server Error";
// After a code nothing may go on as a number, a unit, or the next column of a table.
const END = "(?![\\w%]|[.,/:]\\d| {2}|\\t)";

/** Google's REST bodies: `"reason": "notFound"`. */
export const REASON_FORM = /"reason"\s*:\s*"(\w+)"/g;

// The ways in which programs write an HTTP status. Group 1 is the code.
export const HTTP_FORMS: readonly RegExp[] = [
  new RegExp(
    `\\bHTTP(?:/[\\d.]+)?["']?[ :=]+(?:[Ss]tatus |[Ee]rror |[Cc]ode )?([45]\\d\\d)${END}`,
    "g",
  ),
  new RegExp(
    `\\b(?:http_?)?[Ss]tatus(?:[ _-]?[Cc]ode)?["']?\\s*(?:is|was|of|:|=)?\\s*["']?([45]\\d\\d)${END}`,
    "g",
  ),
  new RegExp(`\\b(?:error[_ ]?)?[Cc]ode["']?\\s*[:=]?\\s*["']?([45]\\d\\d)${END}`, "g"),
  new RegExp(`\\b(?:HttpError|HTTPError|HTTP Error|Response) ?:? ?[\\[(]?([45]\\d\\d)${END}`, "g"),
  new RegExp(`\\b([45]\\d\\d):? (?:${REASON_PHRASES})\\b`, "g"),
  // Class: 403 message; failed to create job: 403 Permission …; ApiException: (403)
  new RegExp(`\\b[A-Z]\\w+(?:Error|Exception|${NAMES}): \\(?([45]\\d\\d)${END}`, "g"),
  new RegExp(`\\b(?:${NAMES}): ([45]\\d\\d)${END}`, "g"),
  /\b[Ee]rror ([45]\d\d):/g,
  /\b(?:ClientResponseError|HTTPStatusError): ([45]\d\d),/g,
  /\breturned error: ([45]\d\d)\b/g,
  /\btoo many ([45]\d\d) error responses/g,
  // 503 GET https://…; submit: 400 Machine type …
  /(?:^|: )([45]\d\d) (?:GET|HEAD|POST|PUT|PATCH|DELETE) /g,
  /^(?:[\w.-]+: )?([45]\d\d) (?=[A-Z][a-z])/g,
  new RegExp(
    `\\b[Ff]ailed: ([45]\\d\\d) (?!of|files|items|tests|requests|samples|steps)[a-z]`,
    "g",
  ),
  new RegExp(
    `(?:[Ff]ail(?:ed|ure)|[Ee]rror|[Ee]xception)\\b[^:]{0,80}: ([45]\\d\\d) (?=[A-Z<'"{])`,
    "g",
  ),
];

/** Each name of a status in each spelling, without its first letter: REST has it small. */
export const STATUS_NAMES: readonly string[] = [...BY_NAME.keys()].map((name) => name.slice(1));
/**
 * Words of which each form with a code or a number has one, unless it begins with the code. One of
 * them or of the names stands in every line that has a form of the lists above, or `CODE_FIRST` does.
 */
export const STATUS_WORDS: readonly string[] = [
  ...["HTTP", "Http", "tatus", "Code", "code", "eason", "rror", "xception", "ailed", "ailure"],
  "Response",
];
/**
 * A code, or the number of a google.rpc.Status. No form with a word has a code behind a point, or
 * goes on with a letter: 4.503 s, 10:00:00.503Z.
 */
export const STATUS_NUMBER = /(?:^|[^\d.])[45]\d\d(?!\w)|code[\\"']*\s*[:=]\s*\d/;

export const HTTP_METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** The forms that begin with a code. */
export const CODE_FIRST = new RegExp(
  `(?:^|\\D)[45]\\d\\d(?::? [A-Z][a-z]| (?:${HTTP_METHODS.join("|")}) )`,
);

const DIGIT = "0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** One of these stands in every line that has `CODE_FIRST`. */
export const CODE_FIRST_PATTERNS: readonly Pattern[] = [
  [DIGIT, " ", UPPER, UPPER.toLowerCase()],
  [DIGIT, ":", " ", UPPER],
  ...HTTP_METHODS.map((method) => [DIGIT, " ", ...literal(method)]),
];

/** One of these stands in every text that has an HTTP code. */
export const CODE = /[45]\d\d/;

let scanner: LiteralScanner | undefined;
const [NAME, WORD] = [1, 2];

function scan(text: string): number {
  scanner ??= new LiteralScanner([[NAME, STATUS_NAMES], [WORD, STATUS_WORDS]]);
  return scanner.find(text);
}

/** Whether a name of a status stands in a text, in any form. */
export function hasStatusName(text: string): boolean {
  return (scan(text) & NAME) !== 0;
}

/** False only for a line that has none of the forms above; cheap. */
export function mayHaveStatus(line: string): boolean {
  const found = scan(line);
  if (found & NAME) return true;
  return (found & WORD && STATUS_NUMBER.test(line)) ? true : CODE_FIRST.test(line);
}

/** Says that something went wrong; or the line begins with the code and its reason. */
export const ERROR_WORD = new RegExp(
  "\\b(?:[Ee]rror|ERROR|[A-Z]\\w*(?:Error|Exception)|[Ff]ail(?:ed|ure)|FAIL(?:ED|URE)|[Dd]enied|[Ee]xception|[Rr]efused|[Rr]ejected|[Ii]nvalid)\\b" +
    `|\\b(?:can(?:no|')t|could not|unable)\\b|^[45]\\d\\d:? (?:${REASON_PHRASES})\\b[:,. ]+\\S`,
);

/** The field of an error body, or of google.rpc.Status, that says what went wrong. */
export const ERROR_FIELD = /^\s*["']?(?:message|details|error|reason)["']?\s*[:=]\s*["']/;

/** google.rpc.Status over several lines, below an exception. */
export const STATUS_FIELD = /^code: (\d{1,2})$/;
/** google.rpc.Status as JSON or text: a bare small number, so its message has to speak of it. */
export const NUMERIC_STATUS =
  /\bcode["']?\s*[:=]\s*(\d{1,2})\b(?=.*(?:message|detail|desc|quota|denied))/;
export const EXCEPTION = /^(?:(?:[A-Za-z_]\w*|<locals>)\.)*([A-Z]\w*)(?=:\s|:$|$)/;

export const TOOLS: readonly [RegExp, string][] = [
  [/\(gcloud\.[\w.-]+\)/, "gcloud"],
  [/\bHttpError\b|googleapiclient/, "googleapiclient"],
  [/\bStatusCode\.|\bgrpc\b|\brpc error: code =|_InactiveRpcError/, "grpc"],
  [/storage\.googleapis\.com|google\.cloud\.storage|\bgs:\/\//, "storage"],
  [/\bkubelet\b|\bImagePullBackOff\b|\bErrImagePull\b|\bkubernetes\b/, "kubernetes"],
  [/\bcontainerd\b|\bdocker\b|Error response from daemon/, "docker"],
];

/** What is in a URL, a path or an address is somebody's name for a thing, not a statement. */
export const NAMES_OF_THINGS =
  /\b\w+:\/\/[^\s"'<>)\]]+|(?:^|(?<=[\s"'(=]))(?:\.{0,2}\/)[\w.@~+-]+(?:\/[\w.@~+-]*)+/g;
