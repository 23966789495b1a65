/**
 * Runs each contestant `rounds` times and returns what it measured. They take turns, and each round
 * begins with another one, so that what else the machine does meets all of them alike.
 */
export async function alternate<T>(
  contestants: Readonly<Record<string, () => Promise<T>>>,
  rounds: number,
): Promise<Record<string, T[]>> {
  const names = Object.keys(contestants);
  const results: Record<string, T[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!;
      results[name]!.push(await contestants[name]!());
    }
  }
  return results;
}
