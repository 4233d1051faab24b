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

let all: Promise<FileRegistry> | null = null;

/** Every type of the API, fetched once: for what may name types that no method's own descriptors hold. */
export function loadAllTypes(): Promise<FileRegistry> {
  all ??= fetchAllTypes();
  all.catch(() => {
    all = null;
  });
  return all;
}

async function fetchAllTypes(): Promise<FileRegistry> {
  const [{ loadRegistry }, response] = await Promise.all([
    import("../../lib/schema/registry.ts"),
    fetchAsset("/schema/types.binpb"),
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
