/** One labelled log of tests/corpus (its README has the format). */
export interface CorpusCase {
  /** `permission-denied/fatal/grpc-status`: folder of the rule, verdict, slug. */
  readonly name: string;
  /** The rule whose words the log contains; of a fatal case also the rule that has to fire. */
  readonly family: string;
  /** The rule that has to fire, or `null` where none may. */
  readonly expect: string | null;
  /** Where the log is from: a recorder, or the format that it was written after. */
  readonly source: string;
  /** What it is, in one line. */
  readonly note: string;
  /** The log's bytes as a program printed them. */
  readonly log: Uint8Array;
}

const FIELDS = ["expect", "source", "note"] as const;
const SEPARATOR = "---\n";

/**
 * Reads a case: comment lines `# field: value`, a line `---`, and the log, byte for byte.
 * @throws {SyntaxError} naming the case and what is wrong with its header or its place.
 */
export function parseCase(name: string, file: Uint8Array): CorpusCase {
  const bad = (what: string) => new SyntaxError(`Cannot read the case ${name}: ${what}`);
  const [family, verdict, slug] = name.split("/");
  if (!family || !slug || (verdict !== "fatal" && verdict !== "healthy")) {
    throw bad("its place is not RULE/fatal/SLUG or RULE/healthy/SLUG");
  }
  // Latin-1 keeps one character a byte, so that an index in the text is one in the file.
  const text = new TextDecoder("latin1").decode(file);
  const end = text.startsWith(SEPARATOR) ? 0 : text.indexOf("\n" + SEPARATOR) + 1;
  const header = new TextDecoder().decode(file.subarray(0, end));
  const values = new Map<string, string>();
  for (const line of header.split("\n").slice(0, -1)) {
    const [, field, value] = /^# (\w+): (.*\S)$/.exec(line) ?? [];
    if (!FIELDS.some((known) => known === field)) throw bad(`header line ${JSON.stringify(line)}`);
    values.set(field!, value!);
  }
  const missing = FIELDS.find((field) => !values.has(field));
  if (missing !== undefined) throw bad(`no ${missing} in its header`);
  const expect = values.get("expect")!;
  const wanted = verdict === "fatal" ? family : "none";
  if (expect !== wanted) throw bad(`it expects ${expect}, but its folder says ${wanted}`);
  return {
    name,
    family,
    expect: expect === "none" ? null : expect,
    source: values.get("source")!,
    note: values.get("note")!,
    log: file.subarray(end + SEPARATOR.length),
  };
}

/** Every case under `root`, in order of name. */
export async function loadCases(root: URL): Promise<CorpusCase[]> {
  const cases: CorpusCase[] = [];
  for (const name of await logsUnder(root, "")) {
    const file = await Deno.readFile(new URL(name, root));
    cases.push(parseCase(name.replace(/\.log$/, ""), file));
  }
  return cases;
}

async function logsUnder(root: URL, folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(folder || ".", root)));
  const found = await Promise.all(entries.map(({ name, isDirectory }) => {
    if (isDirectory) return logsUnder(root, `${folder}${name}/`);
    return name.endsWith(".log") ? [folder + name] : [];
  }));
  return found.flat().sort();
}
