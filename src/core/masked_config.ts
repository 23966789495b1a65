import type { Config } from "./config.ts";
import type { Mask } from "./mask.ts";

/** The configuration as messages and the record may show it; what is started is the original. */
export function maskConfig(config: Config, mask: Mask): Config {
  const { command: [program, ...args], names, logFile } = config;
  return {
    ...config,
    command: [mask(program), ...args.map(mask)],
    names: { full: mask(names.full), short: mask(names.short) },
    logFile: logFile && { ...logFile, path: mask(logFile.path) },
  };
}
