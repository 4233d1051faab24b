import { join, sep } from "node:path";

/** The path with the home folder written `~`. */
export function shortenHome(path: string, home: string): string {
  return path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

/** The path with a leading `~` put back, for flags that the shell did not expand (`--tlscert=~/…`). */
export function expandHome(path: string, home: string): string {
  return path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
}
