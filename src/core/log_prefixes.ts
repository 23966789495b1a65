const LEVEL_NAMES = "TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE";
const TIME = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?";
const DATE = "\\d{4}[-/]\\d{2}[-/]\\d{2}";

const DIGITS = "0123456789";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WORD = `${DIGITS}${CAPITALS}abcdefghijklmnopqrstuvwxyz_`;
const LEVEL_INITIALS = "TDINWECFS";
/** `\s` within ASCII. */
const SPACES = " \t\n\v\f\r";

/** What loggers, agents and platforms put before a message. */
export interface Prefix {
  readonly pattern: RegExp;
  /** The ASCII characters that a match can begin with. */
  readonly begins: string;
  /** It can begin with others, too. */
  readonly beyondAscii?: boolean;
  /** What the first group says of the line. */
  readonly meaning?: "level" | "klog" | "wandb";
}

/** Each takes one thing off the front. The order matters only where two could take the same. */
export const PREFIXES: readonly Prefix[] = [
  {
    begins: "w",
    pattern: /^wandb:\s+(?:(ERROR|WARNING|WARN|INFO|DEBUG)\b:?\s*)?(?:launch:\s+)?/,
    meaning: "wandb",
  },
  // klog: E1124 10:00:00.123456   12345 pod_workers.go:1301]
  {
    begins: "EWIF",
    pattern: /^([EWIF])\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [\w./-]+:\d+\]\s*/,
    meaning: "klog",
  },
  // TensorFlow's: I tensorflow/core/framework/local_rendezvous.cc:405]
  { begins: "EWIF", pattern: /^([EWIF]) [\w./-]+:\d+\]\s*/, meaning: "klog" },
  {
    begins: `${DIGITS}[(`,
    pattern: new RegExp(
      `^[\\[(]?${DATE}(?:[T ]${TIME})?(?: ?Z|[+-]\\d{2}:?\\d{2})?[\\])]?[:,]?\\s+`,
    ),
  },
  { begins: `${DIGITS}[(`, pattern: new RegExp(`^[\\[(]?${TIME}[\\])]?\\s+(?=\\S)`) },
  {
    begins: CAPITALS,
    pattern: /^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} (?:[\w.-]+ [\w./-]+(?:\[\d+\])?: )?/,
  },
  // logging.basicConfig: ERROR:root:message; also ERROR: …, [ERROR] …, ERROR - …, level=error …
  { begins: SPACES, beyondAscii: true, pattern: new RegExp(`^\\s+(?=(?:${LEVEL_NAMES})\\s)`) },
  {
    begins: LEVEL_INITIALS,
    pattern: new RegExp(`^(${LEVEL_NAMES}):[\\w.-]+:(?=\\S)`),
    meaning: "level",
  },
  {
    begins: `${LEVEL_INITIALS}[(<`,
    pattern: new RegExp(`^[\\[(<]?(${LEVEL_NAMES})[\\])>]?(?:\\s*[:|-]\\s*|\\s+|$)`),
    meaning: "level",
  },
  {
    begins: "[",
    pattern: /^\[(trace|debug|info|warn|warning|error|critical|fatal)\s*\]\s*/i,
    meaning: "level",
  },
  // loguru: | ERROR    | __main__:run:133 - message
  { begins: `${WORD}.`, pattern: /^[\w.]+:[\w<>]+:\d+ - / },
  { begins: "eEwW", pattern: /^(error|warning):\s+/i, meaning: "level" },
  // GitHub Actions: ##[error]message, ::error file=…::message
  {
    begins: "#:",
    pattern: /^(?:##\[(error|warning|debug)\]|::(?:error|warning|notice)\b[^:]*::)/,
    meaning: "level",
  },
  {
    begins: "tl",
    pattern: /^(?:time=(?:"[^"]*"|\S+)\s+)?level=(\w+)\s+(?:msg=)?/,
    meaning: "level",
  },
  { begins: "-|", pattern: /^[-|]\s+/ },
  // kubectl logs --prefix, docker compose, thread names, logger names of "%(name)s - %(levelname)s"
  { begins: "[", pattern: /^\[(?:pod\/)?[\w./-]+\]\s+/ },
  { begins: `${WORD}.-`, pattern: /^[\w.-]+\s+\|\s+/ },
  { begins: `${WORD}.-`, pattern: new RegExp(`^[\\w.-]+ (?:-|\\||:) (?=(?:${LEVEL_NAMES})\\b)`) },
];

/** By first character, those that such a text can begin with; made when one is first asked for. */
const byFirst: (readonly Prefix[] | undefined)[] = [];

/** Those that `text` can begin with: a pattern that isn't tried needn't even be compiled. */
export function prefixesOf(text: string): readonly Prefix[] {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first)) return [];
  return byFirst[Math.min(first, 128)] ??= PREFIXES.filter(({ begins, beyondAscii }) =>
    first < 128 ? begins.includes(text[0]!) : beyondAscii
  );
}
