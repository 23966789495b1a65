import { assertEquals } from "@std/assert";
import { descendants } from "./process_table.ts";

/** Pids below `root` in a table of `pid: parent`. */
function below(root: number, table: Record<number, number>, except: number[] = []): number[] {
  const processes = Object.entries(table).map(([pid, parent]) => ({ pid: Number(pid), parent }));
  return descendants(processes, root, new Set(except)).map((p) => p.pid).sort((a, b) => a - b);
}

const TABLE = { 1: 0, 10: 1, 20: 10, 21: 10, 30: 20, 31: 21, 40: 31, 99: 1 };

Deno.test("descendants() finds children, grandchildren and so on, not the root itself", () => {
  assertEquals(below(10, TABLE), [20, 21, 30, 31, 40]);
});

Deno.test("descendants() finds none where there are none", () => {
  assertEquals(below(40, TABLE), []);
  assertEquals(below(7, TABLE), []);
  assertEquals(below(1, {}), []);
});

Deno.test("descendants() leaves out whole subtrees", () => {
  assertEquals(below(10, TABLE, [21]), [20, 30]);
  assertEquals(below(10, TABLE, [20, 21]), []);
});

Deno.test("descendants() doesn't mind the order of the table", () => {
  const processes = [{ pid: 4, parent: 3 }, { pid: 3, parent: 2 }, { pid: 2, parent: 1 }];
  assertEquals(descendants(processes, 1, new Set()).map((p) => p.pid), [2, 3, 4]);
});

Deno.test("descendants() hands back the processes with all they carry", () => {
  const process = { pid: 2, parent: 1, group: 2 };
  assertEquals(descendants([process], 1, new Set()), [process]);
});
