import { assertEquals } from "@std/assert";
import { RealPipe } from "../testing/real_pipe.ts";
import { freeDescriptors, isPipe, pipeEnds, widenPipes } from "./pipes.ts";

const CASES: [name: string, opened: number[], inodes: Record<number, number>, sure: boolean][] = [
  ["both orders agree", [20, 22], { 20: 7, 22: 8 }, true],
  ["the inodes come the other way round", [20, 22], { 20: 8, 22: 7 }, false],
  ["the descriptors come the other way round", [22, 20], { 20: 8, 22: 7 }, false],
  ["there are no inodes to see", [20, 22], { 20: NaN, 22: NaN }, false],
  ["one end isn't where it was expected", [20], { 20: 7 }, false],
  ["somebody else has opened a pipe too", [20, 22, 23], { 20: 7, 22: 8, 23: 9 }, false],
  ["there is none", [], {}, false],
];
for (const [name, opened, inodes, sure] of CASES) {
  Deno.test(`pipeEnds() is ${sure ? "sure" : "not sure"} where ${name}`, () => {
    const [stdout, stderr] = opened;
    const ends = pipeEnds(opened, (fd) => inodes[fd]!);
    assertEquals(ends as unknown, sure ? { stdout, stderr } : undefined);
  });
}

Deno.test("pipeEnds() names the ends that the child writes to", async () => {
  // It lives until nobody holds the pipe to its stdin any more.
  const child = new Deno.Command("cat", { stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
  const theirs = [1, 2].map((fd) => linkOf(child.pid, fd));
  // By the list of them, not as widenPipes() finds them.
  const ours = Array.from(Deno.readDirSync("/proc/self/fd"), ({ name }) => Number(name))
    .filter((fd) => theirs.includes(linkOf("self", fd))).sort((a, b) => a - b);
  const { stdout, stderr } = pipeEnds(ours)!;
  assertEquals([linkOf("self", stdout), linkOf("self", stderr)], theirs);
  await child.stdin.close();
  await Promise.all([child.status, child.stdout.cancel(), child.stderr.cancel()]);
});

Deno.test("freeDescriptors() names those that the next pipes get, among them none of ours", () => {
  const free = freeDescriptors();
  assertEquals(free.length, 16);
  assertEquals(widenPipes(free), []);
  using pipe = new RealPipe();
  assertEquals([pipe.readEnd, pipe.writeEnd], free.slice(0, 2));
  assertEquals(widenPipes(free), free.slice(0, 2));
});

Deno.test("isPipe() tells pipes from closed descriptors and from other files", () => {
  using pipe = new RealPipe();
  const ends = [pipe.readEnd, pipe.writeEnd];
  assertEquals(ends.map(isPipe), [true, true]);
  for (const end of ends) pipe.close(end);
  assertEquals(ends.map(isPipe), [false, false]);
  // As the lowest ones are free it gets one of those two.
  using _file = Deno.openSync("/dev/null");
  assertEquals(ends.map(isPipe), [false, false]);
});

function linkOf(process: number | "self", fd: number): string | undefined {
  try {
    return Deno.readLinkSync(`/proc/${process}/fd/${fd}`);
  } catch {
    // The listing's own descriptor is closed by now.
    return undefined;
  }
}
