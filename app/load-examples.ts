import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseExamples } from "../lib/editor/example.ts";

/** Example request texts of a method: several for the messages of one stream. `{}` where none is written. */
export async function loadExamples(method: string): Promise<string[]> {
  try {
    return parseExamples(await readFile(join(process.cwd(), "content/examples", `${method}.jsonc`), "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return ["{}"];
    throw cause;
  }
}
