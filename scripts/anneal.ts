/** How much worse a round of simulated annealing may make it: at first, and what is left at last. */
const FIRST_TEMPERATURE = 1 / 400;
const COOLING = 1e-5;
/** How often a part stays in its bucket, and only another part is taken. */
const STAYING = 0.2;

/** Which of a pattern's parts is looked for, by its index, and in which bucket. */
export interface Choice {
  readonly part: number;
  readonly bucket: number;
}

/**
 * A good choice for each pattern, given its possible parts: one that makes the buckets cheap, of which
 * `cost` says by its parts how much one costs. The same for the same `random` (from 0 to 1); better
 * after more `rounds`.
 */
export function anneal<Part>(
  parts: readonly (readonly Part[])[],
  buckets: number,
  cost: (parts: readonly Part[]) => number,
  random: () => number,
  rounds: number,
): Choice[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const choices = parts.map((own) => ({ part: below(own.length), bucket: below(buckets) }));
  const members = Array.from({ length: buckets }, () => new Set<number>());
  for (const [index, { bucket }] of choices.entries()) members[bucket]!.add(index);
  const costOf = (bucket: number) =>
    cost([...members[bucket]!].map((index) => parts[index]![choices[index]!.part]!));
  const costs = members.map((_, bucket) => costOf(bucket));
  const start = costs.reduce((sum, one) => sum + one, 0);

  const move = (index: number, to: Choice) => {
    members[choices[index]!.bucket]!.delete(index);
    members[to.bucket]!.add(index);
    choices[index] = { ...to };
  };
  for (let round = 0; round < rounds; round++) {
    const index = below(parts.length);
    const old = choices[index]!;
    const bucket = random() < STAYING ? old.bucket : below(buckets);
    move(index, { part: below(parts[index]!.length), bucket });
    const changed = new Set([old.bucket, bucket]);
    const now = new Map([...changed].map((one) => [one, costOf(one)]));
    const worse = [...now].reduce((sum, [one, value]) => sum + value - costs[one]!, 0);
    const temperature = start * FIRST_TEMPERATURE * COOLING ** (round / rounds);
    if (worse <= 0 || random() < Math.exp(-worse / temperature)) {
      for (const [one, value] of now) costs[one] = value;
    } else {
      move(index, old);
    }
  }
  return choices;
}
