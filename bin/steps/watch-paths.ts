import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/** Long enough for an editor or a checkout to write all its files. */
const QUIET_MS = 150;

/** What a person writes, not the temporary files of editors. */
const SOURCE = /^[^.].*\.(?:ts|tsx|mjs|json|yaml|proto)$/;

/**
 * Calls `onChange` with the source files that changed at or below the paths (relative to `root`), once they have been
 * quiet for a moment. Gives the function that ends it.
 *
 * Each folder has a watcher of its own: the recursive one of Node 20 loses a file on Linux once it has been replaced
 * by a renamed one, as editors and generators do.
 */
export function watchPaths(
  root: string,
  paths: readonly string[],
  onChange: (changed: readonly string[]) => void,
): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let watchers = watchAll();

  function watchAll(): FSWatcher[] {
    return paths.flatMap((path) => {
      const full = join(root, path);
      const stat = statSync(full, { throwIfNoEntry: false });
      if (stat === undefined) return [];
      if (stat.isDirectory()) return foldersOf(full).map((folder) => watchFolder(folder, null));
      return [watchFolder(dirname(full), basename(full))];
    });
  }

  function watchFolder(folder: string, only: string | null): FSWatcher {
    const watcher = watch(folder, (_, name) => {
      if (name === null || (only !== null && name !== only)) return;
      if (SOURCE.test(name)) changed.add(relative(root, join(folder, name)));
      clearTimeout(timer);
      timer = setTimeout(flush, QUIET_MS);
    });
    // The folder was deleted. What is there by then is watched after the next change.
    watcher.on("error", () => watcher.close());
    return watcher;
  }

  function flush(): void {
    // Anew, since folders may have come, gone or been replaced; the old ones last, so that nothing is missed between.
    const before = watchers;
    watchers = watchAll();
    for (const watcher of before) watcher.close();
    const files = [...changed].sort();
    changed.clear();
    if (files.length > 0) onChange(files);
  }

  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** A folder and those below it. */
function foldersOf(path: string): string[] {
  const below = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return [path, ...below];
}
