import { assertThrows } from "@std/assert";
import { UsageError } from "../cli/usage_error.ts";

/** The whole sentence of the usage error that `fn` throws, with its hint as main prints it. */
export function usageError(fn: () => unknown): string {
  const { message, hint } = assertThrows(fn, UsageError);
  return hint === undefined ? message : `${message} (${hint})`;
}
