/** Paths of all files and links below a folder, as seen from it, sorted. */
export async function filesIn(root: string, folder = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${root}${folder}/`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesIn(root, path));
    else found.push(path);
  }
  return found.sort();
}
