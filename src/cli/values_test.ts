import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import { OPTIONS } from "./options.ts";
import { checkVariables, Values } from "./values.ts";

function values(
  flags: Record<string, readonly string[]> = {},
  env: Record<string, string> = {},
): Values {
  return new Values(new Map(Object.entries(flags)), env);
}

Deno.test("Values: the flag beats the variable, which beats the default", () => {
  assertEquals(values().duration("grace"), 8000);
  assertEquals(values({}, { BAILOUT_GRACE: "2s" }).duration("grace"), 2000);
  assertEquals(values({ grace: ["1s"] }, { BAILOUT_GRACE: "2s" }).duration("grace"), 1000);
});

Deno.test("Values: the last of several flags counts", () => {
  assertEquals(values({ grace: ["1s", "3s"] }).duration("grace"), 3000);
});

Deno.test("Values: an empty variable is an unset one", () => {
  const unset = values({}, { BAILOUT_GRACE: "", BAILOUT_QUIET: "", BAILOUT_NAME: "" });
  assertEquals(unset.duration("grace"), 8000);
  assertEquals(unset.flag("quiet"), false);
  assertEquals(unset.text("name"), undefined);
});

Deno.test("Values: an empty flag is not an unset one", () => {
  assertEquals(values({ name: [""] }, { BAILOUT_NAME: "n" }).text("name"), "");
});

Deno.test("Values: a text without default is undefined", () => {
  assertEquals(values().text("log-file"), undefined);
});

Deno.test("Values reads every kind", () => {
  assertEquals(values({ "log-max-size": ["64KiB"] }).size("log-max-size"), 65_536);
  assertEquals(values({ context: ["007"] }).count("context"), 7);
  assertEquals(values({ "stop-signal": ["int"] }).signal("stop-signal"), "SIGINT");
  assertEquals(values({ profile: ["classic"] }).choice<string>("profile"), "classic");
});

Deno.test("Values: flags read as yes and no", () => {
  for (const yes of ["true", "TRUE", "1", "yes", "on"]) {
    assertEquals(values({ quiet: [yes] }).flag("quiet"), true, yes);
    assertEquals(values({}, { BAILOUT_QUIET: yes }).flag("quiet"), true, yes);
  }
  for (const no of ["false", "False", "0", "no", "off"]) {
    assertEquals(values({ quiet: [no] }).flag("quiet"), false, no);
  }
  assertEquals(values({ quiet: ["false"] }, { BAILOUT_QUIET: "true" }).flag("quiet"), false);
});

Deno.test("Values: a variable holds several values separated by commas", () => {
  const list = (text: string) => values({}, { BAILOUT_DISABLE: text }).list("disable");
  assertEquals(list("a"), ["a"]);
  assertEquals(list("a,b , c"), ["a", "b", "c"]);
  assertEquals(list(",a,,"), ["a"]);
  assertEquals(list(""), []);
  assertEquals(values().list("disable"), []);
});

Deno.test("Values: flags of a list are taken as they are, and beat its variable", () => {
  const both = values({ rules: ["a,b.json", "c.json"] }, { BAILOUT_RULES: "d.json" });
  assertEquals(both.list("rules"), ["a,b.json", "c.json"]);
});

Deno.test("Values tells how an option was written", () => {
  assertEquals(values({ grace: ["1s"] }).source("grace"), "--grace");
  assertEquals(values({}, { BAILOUT_GRACE: "1s" }).source("grace"), "BAILOUT_GRACE");
  assertEquals(values().source("grace"), "--grace");
});

const SIGNALS = "SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, " +
  "SIGALRM, SIGTERM, SIGCONT, SIGSTOP, SIGTSTP, SIGWINCH";
const WHOLE = (least: number) => `write a whole number from ${least} to 999999999`;

const ERRORS: [read: (v: Values) => unknown, option: string, text: string, sentence: string][] = [
  [
    (v) => v.duration("grace"),
    "grace",
    "5",
    '"5" is not a duration (write it like 500ms, 5s, 2m or 0)',
  ],
  [
    (v) => v.duration("interval"),
    "interval",
    "25h",
    '"25h" is not a duration (the longest is 24h)',
  ],
  [
    (v) => v.size("log-max-size"),
    "log-max-size",
    "10MB",
    '"10MB" is not a size (write it like 64KiB or 10MiB)',
  ],
  [(v) => v.size("log-max-size"), "log-max-size", "0B", '"0B" is not a size (the smallest is 1B)'],
  [(v) => v.count("context"), "context", "-1", `"-1" is not a count (${WHOLE(0)})`],
  [(v) => v.count("context"), "context", "1.5", `"1.5" is not a count (${WHOLE(0)})`],
  [(v) => v.count("context"), "context", "1e3", `"1e3" is not a count (${WHOLE(0)})`],
  [(v) => v.count("context"), "context", "9999999999", `"9999999999" is not a count (${WHOLE(0)})`],
  [(v) => v.count("buffer-lines"), "buffer-lines", "0", `"0" is not a count (${WHOLE(1)})`],
  [
    (v) => v.signal("stop-signal"),
    "stop-signal",
    "SIGFOO",
    `"SIGFOO" is not a signal (use one of ${SIGNALS})`,
  ],
  [
    (v) => v.choice("profile"),
    "profile",
    "clasic",
    '"clasic" is not a choice (did you mean classic?)',
  ],
  [
    (v) => v.choice("profile"),
    "profile",
    "x",
    '"x" is not a choice (use one of default, classic, none)',
  ],
  [(v) => v.choice("format"), "format", "xml", '"xml" is not a choice (use one of text, json)'],
  [
    (v) => v.flag("quiet"),
    "quiet",
    "maybe",
    '"maybe" is neither true nor false (write true or false)',
  ],
];
for (const [read, option, text, sentence] of ERRORS) {
  Deno.test(`Values refuses --${option} ${text}, and the same in its variable`, () => {
    const variable = `BAILOUT_${option.toUpperCase().replaceAll("-", "_")}`;
    assertEquals(usageError(() => read(values({ [option]: [text] }))), `--${option}: ${sentence}`);
    assertEquals(
      usageError(() => read(values({}, { [variable]: text }))),
      `${variable}: ${sentence}`,
    );
  });
}

Deno.test("Values refuses an empty flag where a value is needed", () => {
  const sentence = '--grace: "" is not a duration (write it like 500ms, 5s, 2m or 0)';
  assertEquals(usageError(() => values({ grace: [""] }).duration("grace")), sentence);
});

const NAMES = OPTIONS.map((option) => option.name);

const SLIPS: [variable: string, meant: string][] = [
  ["BAILOUT_INTERVALL", "BAILOUT_INTERVAL"],
  ["BAILOUT_DRYRUN", "BAILOUT_DRY_RUN"],
  ["BAILOUT_LOGFILE", "BAILOUT_LOG_FILE"],
  ["BAILOUT_RULE", "BAILOUT_RULES"],
];
for (const [variable, meant] of SLIPS) {
  Deno.test(`checkVariables() takes ${variable} for a slip`, () => {
    const sentence = `unknown variable ${variable} (did you mean ${meant}?)`;
    assertEquals(usageError(() => checkVariables({ [variable]: "x" }, NAMES)), sentence);
  });
}

Deno.test("checkVariables() leaves ours and everyone else's alone", () => {
  const ours = Object.fromEntries(
    NAMES.map((name) => [`BAILOUT_${name.toUpperCase().replaceAll("-", "_")}`, "x"]),
  );
  checkVariables({ ...ours, PATH: "/bin", BAILOU_GRACE: "1s", XBAILOUT_GRACE: "1s" }, NAMES);
});

Deno.test("checkVariables() leaves alone what Kubernetes sets for a service called bailout", () => {
  const names = ["PORT", "SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT_80_TCP"]
    .concat(["PORT_80_TCP_ADDR", "PORT_80_TCP_PORT", "PORT_80_TCP_PROTO", "PORT_8080_UDP"]);
  checkVariables(Object.fromEntries(names.map((name) => [`BAILOUT_${name}`, "x"])), NAMES);
});
