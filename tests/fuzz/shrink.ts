import { concat, splitAtLf } from "./byte_arrays.ts";
import type { FuzzCase, Step } from "./fuzz_case.ts";

/** Enough for a case to become readable; a slow one may stay longer. */
const MAX_TRIES = 3000;

/** A smaller case that still `fails`: with fewer rules, steps, lines and bytes. */
export function shrink(failing: FuzzCase, fails: (candidate: FuzzCase) => boolean): FuzzCase {
  let best = failing;
  let tries = MAX_TRIES;
  const attempt = (candidate: FuzzCase) => {
    if (tries-- <= 0 || !fails(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let before = Infinity; size(best) < before && tries > 0;) {
    before = size(best);
    attempt({ ...best, retires: false });
    attempt({ ...best, immediate: false });
    dropFrom(best.rules, (rules) => attempt({ ...best, rules }));
    dropFrom(best.steps, (steps) => attempt({ ...best, steps }));
    for (let i = best.steps.length - 1; i > 0; i--) {
      const steps = withMerged(best.steps, i);
      if (steps !== undefined) attempt({ ...best, steps });
    }
    for (let i = 0; i < best.steps.length; i++) {
      const step = best.steps[i]!;
      if (step.do !== "push") continue;
      const withBytes = (parts: Uint8Array[]) => {
        const steps: readonly Step[] = best.steps.with(i, { ...step, bytes: concat(parts) });
        return attempt({ ...best, steps });
      };
      dropFrom(partsOf(step.bytes), withBytes);
    }
  }
  return best;
}

/** Takes ever smaller runs out of a list for as long as `attempt` is content with what is left. */
function dropFrom<T>(list: readonly T[], attempt: (rest: T[]) => boolean): void {
  let kept = [...list];
  for (let run = Math.ceil(kept.length / 2); run >= 1; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    for (let at = 0; at < kept.length;) {
      const rest = kept.toSpliced(at, run);
      if (attempt(rest)) kept = rest;
      else at += run;
    }
  }
}

/** The step before `index` together with that one, if both bring bytes of one stream. */
function withMerged(steps: readonly Step[], index: number): Step[] | undefined {
  const [one, other] = [steps[index - 1], steps[index]];
  if (one?.do !== "push" || other?.do !== "push" || one.stream !== other.stream) return undefined;
  return steps.toSpliced(index - 1, 2, { ...one, bytes: concat([one.bytes, other.bytes]) });
}

/** What can be left out of some bytes: lines; of a short single line its bytes. */
function partsOf(bytes: Uint8Array): Uint8Array[] {
  const lines = splitAtLf(bytes);
  return lines.length > 1 || bytes.length > 300 ? lines : [...bytes].map((b) => Uint8Array.of(b));
}

function size({ rules, steps }: FuzzCase): number {
  const bytes = steps.map((step) => step.do === "push" ? step.bytes.length : 0);
  return rules.length + steps.length + bytes.reduce((sum, length) => sum + length, 0);
}
