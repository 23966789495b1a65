import { isErrorLevel, type Level } from "./level.ts";

/** Why a line that has the words of an error states none. */
export interface Dismissal {
  /** In words for `--explain`. */
  readonly reason: string;
  /** It may be an error all the same, that somebody else takes lightly: a warning, a retry. */
  readonly soft: boolean;
}

const RETRY =
  /\b(?:re-?trying|(?:will|to|and) re-?try (?:in|again|after)|(?:will|shall|can) (?:be )?re-?tr(?:y|ied)|re-?try (?:in|after|#?\d)|re-?tried|backing[ -]?off\b|reconnecting|trying again|will try|(?:attempt|try) #?\d+ ?(?:\/|of) ?\d+)/i;
const LAST_RETRY =
  /giving up|gave up|\b(\d+) ?(?:of|\/) ?\1\b|(?:retries|attempts|tries) (?:were |have been )?(?:exhausted|exceeded)|exhausted (?:all )?(?:retries|attempts)|no more|not re-?tr|non-?retr|won't|will not|can(?:no|')t be re-?tr|after \d+ (?:re-?tries|attempts|tries)|max(?:imum)? re-?tries|re-?try failed/i;

const HANDLED =
  /\b(?:ignor(?:ed|ing|e)|handled|recovered|skipp(?:ed|ing)|fall(?:ing|s)? ?back|as expected|expected (?:error|failure|exception|status)|(?:is|was) expected|suppress(?:ed|ing)|creating (?:it|one|a new|the missing)|will create|harmless|non-?fatal|not fatal|(?:continu|go|build|proceed|runn?)(?:ing|es|s)? (?:on )?without|without it|continuing|tolerat\w+|has been resolved|resolved after|no longer|safe to ignore|caught|swallow(?:ed|ing)|using (?:the |an? )?(?:default|cached?|second|next|other|alternative|backup)|treat(?:ed|ing) as|start(?:ed|ing) (?:from scratch|fresh|over)|not ready yet|not (?:available|ready|supported), (?:using|trying)|trying (?:next|the next|another))\b/i;
const UNHANDLED = /\bunhandled|not handled|cannot continue|can't continue|uncaught|unresolved/i;

/** Statements and comments of programs: an echo of source, or a frame of a printed traceback. */
const SOURCE =
  /^\s*(?:raise \w|except[ :(]|class \w+[(:{ ]|def \w+\(|import [\w.]+(?: as \w+)?$|from [\w.]+ import |(?:if|elif|while|for|with) .*:$|return\b|assert |catch ?\(|throw |case .*:|#|\/\/|\++ |\$ |>>> )|^\s*(?:>>>|-->|->)?\s*\d+[:|]?\s*(?:try:|except\b|raise\b|from\b|import\b|def\b|class\b|if\b|return\b|#|[a-z_]\w* = |[A-Z_]\w* = [A-Za-z_][\w.]*\(|[a-z_]\w*\()|;\s*then$|\bgrep -|^\s*(?:var|const|let|val)\b|^\s*(?!message|details|error|reason|status|code)\w+\s*:?=\s*["']|^\s*\w+ = \d+[;,]?$|^\S+\.(?:py|ts|js|go|rs|java|sh|md|ya?ml|toml|txt|json):\d+:/;
const TEST =
  /^\s*[✓✔√]|^PASS\b|(?:^|[\s/])test_\w+|::test|\bPASSED\b|\b\d+ passed\b|={3,}.*={3,}|^ok \d+/;

/** Keys that list errors instead of reporting one, and Python's or YAML's way of echoing a value. */
const ECHO =
  /^\s*(?:[-*]\s+)?["']?(?:[\w.-]{0,40}[_.-])?(?:(?:retr|expect|ignor|allow|except|descri|polic|mapp)\w{0,40}|(?:pattern|rule|filter|codes|statuses|help|doc|arg|command|env|config|override|note|title|tag|name|group|annotation|alert|match|contain|regex|notify|summary|expr|on_error)s?)["']?\s*[:=]\s|^\s*(?:- )?(?!fatal|error|err\b)[\w.-]+: [{[]/i;
const ENVIRONMENT = /^[A-Z][A-Z0-9_]*=/;
const LITERAL =
  /^\s*(?:[{[(]\s*)*'[\w.-]+':|^\s*(?:[{[(]\s*)+'|<\w+\.\w+: \(|:\w+:`|``|^\s*[*-]\s+["'`]/;
const ZERO =
  /(?:errors?|failures?|failed|fatal|exceptions?|\})["']?\s*[:= ]\s*0(?:\.0+)?(?:[)\s,;]|$)|(?:^|[\s(])(?:0|no) (?:\w+ ){0,2}(?:errors?|failures?|failed|fatal|exceptions?)\b/i;
/** Sentences of a page about errors: in backticks, in quotes that open a line, or with advice. */
const QUOTED =
  /^\s*(?:[*|>-]\s*)?`|`[^`]*(?:Error|Denied|NotFound|Exhausted|Argument|Exceeded|Failed|BackOff|Pull)[^`]*`|^\s*(?:[*|>-]\s*)?["\u201c][^"\u201d]*[ :][^"\u201d]*["\u201d](?::|,|\.| means|\s{2,})|\b(?:get|says|e\.g\.|raises|reads|prints?|(?:prompt|completion|answer|question|sample|generated):) ["\u201c]/;
const PAGE = /^\s*(?:\d+\. )?(?:If|When|Whenever|Why|How|Q:|A:|FAQ|Note:|Tip:|See) |^\|.*\|$/;
/** A value in a list, in a call, in a metric's labels or in a query: not said, but looked for. */
const VALUE = new RegExp(
  "(?:\\[\\s*|\\bLIKE |\\b(?:value|pattern|label|match|query|name|id|on_error)=)[\"'][^\"']*(?:[Ee]rror|ERROR|[Dd]enied|DENIED|[A-Z]\\w+(?:Argument|Found|Exceeded|Exhausted|Precondition|Unavailable)|[A-Z]+_[A-Z_]+|[Ff]ail|FAIL|FATAL|Pull|pull|[Uu]nable|Traceback|[45]\\d\\d|not supported)" +
    "|^\\s*(?:\"[^\"]*\"|'[^']*'),?$|,\\d+,\\d+$|^\\s*[\u2502\u2503|].*[\u2502\u2503|]\\s*$",
);
/** A file that is called after an error. */
const FILE_NAME =
  /(?:[A-Z]\w+(?:Argument|Denied|Found|Exceeded|Exhausted|Unavailable|Pull|BackOff|Error)|FAILED|FAILURE|FATAL|supported|image|[Ee]rror|[45]\d\d)\.(?:txt|md|log|json|html|csv|py|ya?ml)\b|^[^"'/]*\.(?:txt|md)$/;
const COMMIT = /^(?:HEAD is now at )?[0-9a-f]{7,40} [\w/-]+(?:\([\w-]+\))?!?: /;
/** A name in the second column of a table. */
const TABLE = /^\s*(?!Warning\b)[\w.-]+ {2,}\S/;
/** A request to a server that the user runs: its clients' mistakes aren't its own. */
const ACCESS_LOG = /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+ HTTP\/[\d.]+"/;

/** The text of a help page, or of a logger that wraps: not where a statement begins. */
const INDENTED = /^\s{8,}[^\s"'{}\[\]]/;

const LISTED: readonly [pattern: RegExp, reason: string, soft: boolean, unless?: RegExp][] = [
  [SOURCE, "it is a line of source code", false],
  [TEST, "it is a test's result", false],
  [ACCESS_LOG, "it is a line of an access log", false],
  [COMMIT, "it is a commit's title", false],
  [QUOTED, "it quotes an error", false],
  [PAGE, "it is a page about errors", false],
  [VALUE, "it has it as a value", false],
  [FILE_NAME, "it names a file", false],
  [ENVIRONMENT, "it echoes a variable", false],
  [LITERAL, "it echoes a value", false, /['"](?:error|errors)['"]\s*:/],
  [ECHO, "it echoes a setting", false, /^\s*[\w.]*[a-z](?:Error|Exception):/],
  [ZERO, "it counts none", false],
  [RETRY, "it announces a retry", true, LAST_RETRY],
  [HANDLED, "it says that the error was handled", true, UNHANDLED],
  [TABLE, "it is a row of a table", true],
  [INDENTED, "it is the middle of a paragraph", true],
];

/**
 * Whether the line before a traceback announces it as something that was dealt with: a logger prints
 * the message first. (An unhandled one follows on whatever was logged last.)
 */
export function announcesHandled(text: string, level: Level | undefined): boolean {
  if (text === "--- Logging error ---") return true;
  if (isErrorLevel(level)) return false;
  return (RETRY.test(text) && !LAST_RETRY.test(text)) ||
    (HANDLED.test(text) && !UNHANDLED.test(text));
}

/** Why a line states no error, whatever words are in it; `undefined` if it may state one. */
export function dismiss(text: string, level: Level | undefined): Dismissal | undefined {
  for (const [pattern, reason, soft, unless] of LISTED) {
    if (pattern.test(text) && !unless?.test(text)) return { reason, soft };
  }
  if (level === undefined || isErrorLevel(level)) return undefined;
  return { reason: `its level is ${level}`, soft: true };
}
