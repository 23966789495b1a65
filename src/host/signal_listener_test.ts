import { assertEquals } from "@std/assert";
import { holdSignals, listenForSignals } from "./signal_listener.ts";

/** Deno ends a listener's wait for the next signal only some time after its removal. */
function signalTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Sends a signal to this process and waits until its listeners have been called. */
async function arrives(signal: Deno.Signal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  Deno.addSignalListener(signal, resolve);
  // A listener alone doesn't keep the event loop alive.
  const alive = setInterval(() => {}, 1000);
  Deno.kill(Deno.pid, signal);
  await promise;
  clearInterval(alive);
  Deno.removeSignalListener(signal, resolve);
}

signalTest("holdSignals() keeps what arrives until it is wanted, once each", async () => {
  const held = holdSignals(["SIGUSR1", "SIGUSR2", "SIGWINCH"]);
  await arrives("SIGUSR1");
  await arrives("SIGUSR2");
  await arrives("SIGUSR2");
  assertEquals(held.release(["SIGUSR2", "SIGWINCH"]), ["SIGUSR2"]);
  assertEquals(held.release(["SIGUSR1", "SIGUSR2"]), ["SIGUSR1"]);
});

signalTest("holdSignals() keeps nothing any more after the release", async () => {
  const held = holdSignals(["SIGUSR1"]);
  held.release(["SIGUSR1"]);
  await arrives("SIGUSR1");
  assertEquals(held.release(["SIGUSR1"]), []);
});

signalTest("listenForSignals() calls with each signal until it is disposed of", async () => {
  const heard: string[] = [];
  const dispose = listenForSignals(["SIGUSR1", "SIGUSR2"], (signal) => heard.push(signal));
  await arrives("SIGUSR1");
  await arrives("SIGUSR2");
  dispose();
  await arrives("SIGUSR1");
  assertEquals(heard, ["SIGUSR1", "SIGUSR2"]);
});
