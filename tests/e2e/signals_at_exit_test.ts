// A signal may come at any moment of bailout's own end, too.
import { assertEquals } from "@std/assert";
import { BINARY, e2e, fixture } from "../helpers/bailout.ts";

// Not TERM: a second one insists, and may kill the child before it has exited.
for (const signal of ["USR1", "USR2", "HUP"]) {
  e2e(`SIG${signal} up to the last moment doesn't cost the exit code`, async (stage) => {
    const agent = "trap '' USR1 USR2 HUP; echo ready; exit 5";
    // Of so many runs a few end with the signal where its default action comes back too early.
    for (let i = 0; i < 20; i++) {
      const words = [fixture("pesters_to_the_end.pl"), signal, BINARY, "--quiet", "--"];
      const { code } = await stage.start("perl", [...words, "sh", "-c", agent]).outcome();
      assertEquals(code, 5);
    }
  });
}
