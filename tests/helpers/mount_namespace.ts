/** `unshare` with the words that give a mount namespace of one's own here, if any do. */
export const MOUNT_NAMESPACE: readonly string[] | undefined = [
  ["--mount"],
  ["--user", "--map-root-user", "--mount"],
].find((words) => works([...words, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]));

/** For the `skip` of a test that mounts something. */
export const NO_MOUNTS = MOUNT_NAMESPACE === undefined ? "nothing can be mounted here" : undefined;

function works(args: string[]): boolean {
  try {
    return new Deno.Command("unshare", { args, stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
