import { assert, assertEquals } from "@std/assert";
import { parseStat } from "./procfs.ts";
import { cString, libc, libcFiles, libcProcesses } from "./libc.ts";

// They are loaded once, for all tests: none is to be charged with that.
const [early, files, processes] = [libc()!, libcFiles()!, libcProcesses()!];

Deno.test("the C library's functions take their arguments, and not the one that is none of theirs", () => {
  assertEquals(files.open(cString("/no/such/file"), 0), -1);
  const fd = files.open(cString("/proc/self/stat"), 0);
  const buffer = new Uint8Array(4096);
  const length = Number(files.read(fd, buffer, BigInt(buffer.length)));
  assertEquals([files.close(fd), files.close(fd)], [0, -1]);
  const stat = parseStat(new TextDecoder().decode(buffer.subarray(0, length)))!;
  assertEquals(processes.getpgid(0), stat.group);
  assertEquals(processes.getpgid(Deno.pid), stat.group);
});

Deno.test("the C library's functions see what they shall fill, and null", () => {
  const action = new Uint8Array(256).fill(0xff);
  assertEquals(early.sigaction(10, null, action), 0);
  assert(action.subarray(0, 8).every((byte) => byte === 0), "SIGUSR1 has its default action");
  assertEquals(early.sigaction(65, null, action), -1);
});

Deno.test("the C library reads folders", () => {
  const dir = processes.opendir(cString("/proc/self/task"));
  assert(dir !== null);
  let entries = 0;
  while (processes.readdir(dir) !== null) entries++;
  // With `.` and `..`.
  assert(entries >= 3, `${entries} entries`);
  assertEquals(processes.closedir(dir), 0);
});
