// All that can be asked for instead of a run, to be loaded at once.
export { launchAgentHelp, programHelp } from "./help.ts";
export { versionText } from "./version.ts";
