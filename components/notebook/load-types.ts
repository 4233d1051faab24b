import { createRegistry, type Registry } from "@bufbuild/protobuf";
import { loadAllTypes } from "../run/method-schema.ts";

let loading: Promise<Registry> | null = null;

/** The types of all APIs of the site (by their ids), for values that are messages. Fetched once. */
export function loadTypes(apis: readonly string[]): Promise<Registry> {
  loading ??= Promise.all(apis.map(loadAllTypes)).then((registries) => createRegistry(...registries));
  loading.catch(() => {
    loading = null;
  });
  return loading;
}
