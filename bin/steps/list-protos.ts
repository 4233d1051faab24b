import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold copies of other people's protos, or none. */
const LEFT_OUT = new Set(["node_modules", "vendor"]);

/** The `.proto` files below a folder, relative to it, with `/`, sorted. */
export function listProtos(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) visit(inner);
      else if (entry.isFile() && entry.name.endsWith(".proto")) found.push(inner);
    }
  };
  visit("");
  return found.sort();
}
