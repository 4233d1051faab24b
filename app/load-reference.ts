import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "react";
import type { Method, Reference } from "../lib/reference/reference.ts";
import config from "../playground.config.ts";

/** The generated reference of each API, in the order of the config. Read when pages are prerendered. */
export const loadReferences = cache((): Promise<Reference[]> => {
  return Promise.all(
    config.apis.map(async ({ id }) => {
      const file = join(process.cwd(), ".cache/api", id, "reference.json");
      return JSON.parse(await readFile(file, "utf8")) as Reference;
    }),
  );
});

/** The reference of the API that the site opens with. */
export async function loadReference(): Promise<Reference> {
  const [first] = await loadReferences();
  if (first === undefined) throw new Error("the config names no API");
  return first;
}

/** One method of any API by its full name. Throws where none has it. */
export async function loadMethod(name: string): Promise<Method> {
  const methods = (await loadReferences()).flatMap(({ services }) =>
    services.flatMap((each) => each.methods),
  );
  const found = methods.find((method) => method.name === name);
  if (found === undefined) throw new Error(`no reference has a method ${name}`);
  return found;
}
