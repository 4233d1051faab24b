import { basePathOf, methodHref, serviceHref } from "../lib/pages/links.ts";
import { apiPath } from "../lib/reference/api-config.ts";
import config from "../playground.config.ts";
import { loadReferences } from "./load-reference.ts";

/** The page of each method of every API, by its full name. */
export async function methodPages(): Promise<Record<string, string>> {
  const references = await loadReferences();
  const pages = config.apis.flatMap((api, i) => {
    const base = basePathOf(apiPath(api));
    const methods = references[i]?.services.flatMap((service) => service.methods) ?? [];
    return methods.map(({ name }) => [name, methodHref(name, base)] as const);
  });
  return Object.fromEntries(pages);
}

/** The page of each service of every API, by its full name. */
export async function servicePages(): Promise<Record<string, string>> {
  const references = await loadReferences();
  const pages = config.apis.flatMap((api, i) => {
    const base = basePathOf(apiPath(api));
    return (references[i]?.services ?? []).map(({ name }) => [name, serviceHref(name, base)] as const);
  });
  return Object.fromEntries(pages);
}
