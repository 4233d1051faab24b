import type { FileRegistry } from "@bufbuild/protobuf";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import type { MethodSchema } from "../../lib/run/browser-runner.ts";

export interface DocumentedSchema extends MethodSchema {
  readonly docs: MethodDocs;
  /** The descriptors as they came. */
  readonly image: Uint8Array;
}

const loading = new Map<string, Promise<DocumentedSchema>>();

/** The sliced descriptors and docs of a method, fetched once a page. A failed load is tried anew the next time. */
export function loadMethodSchema(method: string): Promise<DocumentedSchema> {
  let schema = loading.get(method);
  if (schema === undefined) {
    schema = fetchSchema(method);
    loading.set(method, schema);
    schema.catch(() => loading.delete(method));
  }
  return schema;
}

const all = new Map<string, Promise<FileRegistry>>();

/** Every type of an API (by its id), fetched once: for what may name types that no method's own descriptors hold. */
export function loadAllTypes(api: string): Promise<FileRegistry> {
  let types = all.get(api);
  if (types === undefined) {
    types = fetchAllTypes(api);
    all.set(api, types);
    types.catch(() => all.delete(api));
  }
  return types;
}

async function fetchAllTypes(api: string): Promise<FileRegistry> {
  const [{ loadRegistry }, response] = await Promise.all([
    import("../../lib/schema/registry.ts"),
    fetchAsset(`/schema/types-${api}.binpb`),
  ]);
  return loadRegistry(new Uint8Array(await response.arrayBuffer()));
}

async function fetchSchema(method: string): Promise<DocumentedSchema> {
  const [{ findMethod, loadRegistry }, image, docs] = await Promise.all([
    import("../../lib/schema/registry.ts"),
    fetchAsset(`/schema/${method}.binpb`).then((response) => response.arrayBuffer()),
    fetchAsset(`/schema/${method}.json`).then((response) => response.json() as Promise<MethodDocs>),
  ]);
  const bytes = new Uint8Array(image);
  const registry = loadRegistry(bytes);
  const found = findMethod(registry, method);
  if (found === undefined) throw new Error(`${method} is not in its own descriptors`);
  return { method: found, registry, docs, image: bytes };
}

async function fetchAsset(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response;
}
