/** Bytes in each line, its end included. */
export const LINE_BYTES = 100;
/** One line among so many has words that a rule looks for, in a sentence that no rule means. */
export const NEEDLE_EVERY = 1000;
/** Lines that are generated; a longer log has them again and again. */
const BLOCK_LINES = 80_000;

/** What a healthy training job prints: `#` is a digit, `@` a letter. */
const HARMLESS = [
  "train: epoch # step #### loss #.#### lr #.##e-04 grad norm #.### tokens/s ##### mem #.# GiB",
  "train: epoch # step #### loss #.#### lr #.##e-04 data wait #.### s, device wait #.### s",
  "eval: step #### accuracy #.#### perplexity ##.## best so far #.#### over ### batches",
  "data: shard ###/### of gs://@@@@@-datasets/train-#####.tfrecord read in #.## s, ##.# MB/s",
  "data: worker # prefetched ### batches, queue at ##, cache hits ##.#%",
  "checkpoint: saved step #### to gs://@@@@@-models/run-@@@@/ckpt-####, ##.# MB in #.# s",
  "gpu: # utilisation ##% temperature ## C power ##.# W memory ##.#/##.# GiB clock #### MHz",
  "launch: queue @@@@@ polled, # jobs running, next poll in ## s",
  "http: GET /healthz 200 in #.## ms from 10.#.#.## agent kube-probe/1.##",
  "model: layer.##.attention.@@@@@.weight shape [####, ####] dtype bfloat16 mean #.#####",
];

const NEEDLES = [
  "eval: step #### validation error #.#### is below the best so far, #.####",
  "sync: status of ### objects is unchanged, code paths are warm",
  "data: ## exceptions to the schema were expected, ## are listed in the summary",
  "summary: wandb run @@@@@ has ### metrics, last sync #.## s ago",
  "quota: ## of ### GPUs are in use, limit raised last week",
];

/** Has all that makes a line worth a look, and means nothing. */
const READ = "sync: status of 5## objects is unchanged, code paths are warm";

/** Lines of {@linkcode LINE_BYTES} that are all read, and fire no rule. */
export function generateReadLines(lines: number = BLOCK_LINES): Uint8Array<ArrayBuffer> {
  const random = randomIntegers(2);
  const text = Array.from(
    { length: lines },
    (_, index) => logLine(index, READ.replace(/#/g, () => String(1 + random(9))), random),
  );
  return new TextEncoder().encode(text.join(""));
}

/** A generated log: the same bytes at every call, lines of {@linkcode LINE_BYTES}. */
export function generateBlock(lines: number = BLOCK_LINES): Uint8Array<ArrayBuffer> {
  const random = randomIntegers(1);
  const text = Array.from({ length: lines }, (_, index) => {
    const forms = index % NEEDLE_EVERY === NEEDLE_EVERY / 2 ? NEEDLES : HARMLESS;
    const form = forms[random(forms.length)]!;
    return logLine(index, form.replace(/[#@]/g, (kind) => filler(kind, random)), random);
  });
  return new TextEncoder().encode(text.join(""));
}

/** Writes a log of `bytes`, rounded up to a whole line. */
export async function writeLog(path: string, bytes: number): Promise<void> {
  const block = generateBlock(Math.min(BLOCK_LINES, Math.ceil(bytes / LINE_BYTES)));
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (let left = Math.ceil(bytes / LINE_BYTES) * LINE_BYTES; left > 0;) {
    left -= await file.write(block.subarray(0, left));
  }
}

function logLine(index: number, message: string, random: (below: number) => number): string {
  const seconds = Math.floor(index / 8);
  const [minute, second] = [Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits);
  const hour = twoDigits(Math.floor(seconds / 3600) % 24);
  const start = `2025-01-01T${hour}:${minute}:${second}.${100 + random(900)}Z INFO ${message}`;
  const padding = ` [${filler("@", random).repeat(LINE_BYTES)}`;
  return harmlessNumbers((start + padding).slice(0, LINE_BYTES - 2)) + "]\n";
}

/** The wrapper takes `500` and `503` for HTTP codes wherever they stand, twice in 100 lines. */
function harmlessNumbers(line: string): string {
  return line.replaceAll("50", "51");
}

function filler(kind: string, random: (below: number) => number): string {
  return kind === "#" ? String(random(10)) : String.fromCharCode(97 + random(26));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Pseudo-random integers (a linear congruence, Numerical Recipes), the same for the same seed. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
