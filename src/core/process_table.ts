/** The part of a process that tells where it belongs. */
export interface Kinship {
  readonly pid: number;
  readonly parent: number;
}

/** All descendants of `root`, the subtrees under `except` left out. */
export function descendants<P extends Kinship>(
  processes: readonly P[],
  root: number,
  except: ReadonlySet<number>,
): P[] {
  const children = Map.groupBy(processes, (process) => process.parent);
  const found: P[] = [];
  const visit = (parent: number) => {
    for (const child of children.get(parent) ?? []) {
      if (except.has(child.pid)) continue;
      found.push(child);
      visit(child.pid);
    }
  };
  visit(root);
  return found;
}
