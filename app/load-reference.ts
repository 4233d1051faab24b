import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "react";
import type { Method, Reference } from "../lib/reference/reference.ts";

/** The whole generated reference. Read when pages are prerendered. */
export const loadReference = cache(async (): Promise<Reference> => {
  return JSON.parse(await readFile(join(process.cwd(), ".cache/api/reference.json"), "utf8")) as Reference;
});

/** One method of it by its full name. Throws where it has none. */
export async function loadMethod(name: string): Promise<Method> {
  const { services } = await loadReference();
  const found = services.flatMap(({ methods }) => methods).find((method) => method.name === name);
  if (found === undefined) throw new Error(`the reference has no method ${name}`);
  return found;
}
