import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Example, parseExamples } from "../lib/editor/example.ts";

/** Examples of a method's request, the first one to begin with. An empty request where none is written. */
export async function loadExamples(method: string): Promise<Example[]> {
  try {
    return parseExamples(await readFile(join(process.cwd(), "content/examples", `${method}.jsonc`), "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [{ title: "Empty", messages: ["{}"] }];
    throw cause;
  }
}
