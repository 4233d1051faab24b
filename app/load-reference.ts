import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reference } from "../lib/reference/reference.ts";

/** The whole generated reference. Read when pages are prerendered. */
export async function loadReference(): Promise<Reference> {
  return JSON.parse(await readFile(join(process.cwd(), ".cache/api/reference.json"), "utf8")) as Reference;
}
