import { assertEquals } from "@std/assert";
import type { Effect } from "./core/effect.ts";
import { type Crew, perform } from "./perform.ts";
import { finding } from "./testing/builders.ts";

/** Remembers who was asked for what. */
function crew(): { asked: string[]; crew: Crew } {
  const asked: string[] = [];
  const who = (name: string) =>
    new Proxy({}, {
      get: (_, what) => (...words: unknown[]) => {
        const said = words.map((word) => typeof word === "object" ? "finding" : word);
        asked.push([name, what, ...said].join(" "));
      },
    });
  const one = who("crew") as Pick<Crew, "drain" | "abandonDrain" | "setDeadline">;
  return {
    asked,
    crew: {
      voice: who("voice") as Crew["voice"],
      tree: who("tree") as Crew["tree"],
      treeWatch: who("watch") as Crew["treeWatch"],
      pid: 7,
      drain: one.drain,
      abandonDrain: one.abandonDrain,
      setDeadline: one.setDeadline,
    },
  };
}

const EFFECTS: [effect: Effect, asked: string][] = [
  [{ type: "announce-started", pid: 7 }, "voice started 7"],
  [{ type: "announce-signal", signal: "SIGINT" }, "voice signal SIGINT"],
  [{ type: "announce-leftovers" }, "voice leftovers"],
  [{ type: "report", finding: finding() }, "voice report finding 7"],
  [{ type: "warn", finding: finding() }, "voice finding finding"],
  [{ type: "forward", signal: "SIGUSR1" }, "tree forward SIGUSR1"],
  [{ type: "wake" }, "tree wake"],
  [{ type: "suspend" }, "tree suspend"],
  [{ type: "stop-tree", signal: "SIGTERM" }, "tree stop SIGTERM"],
  [{ type: "kill-tree" }, "tree stop SIGKILL"],
  [{ type: "watch-tree" }, "watch start"],
  [{ type: "drain" }, "crew drain"],
  [{ type: "abandon-drain" }, "crew abandonDrain"],
  [{ type: "deadline", at: 5000 }, "crew setDeadline 5000"],
];
for (const [effect, expected] of EFFECTS) {
  Deno.test(`perform() has ${effect.type} carried out by ${expected.split(" ")[0]}`, () => {
    const { asked, crew: all } = crew();
    perform(effect, all);
    assertEquals(asked, [expected]);
  });
}
