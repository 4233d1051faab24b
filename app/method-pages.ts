import { methodHref } from "../lib/pages/links.ts";
import { loadReference } from "./load-reference.ts";

/** The page of each method, by its full name. */
export async function methodPages(): Promise<Record<string, string>> {
  const { services } = await loadReference();
  return Object.fromEntries(
    services.flatMap(({ methods }) => methods.map(({ name }) => [name, methodHref(name)] as const)),
  );
}
