import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { clone, create, type DescMessage, type FileRegistry, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { makePages } from "../../lib/pages/build-pages.ts";
import type { PageTraces } from "../../lib/pages/trace.ts";
import { errorHelps } from "../../lib/reference/error-help.ts";
import { indexMethodDocs } from "../../lib/reference/method-docs.ts";
import { findMethod, loadRegistry } from "../../lib/schema/registry.ts";
import { sliceMethod } from "../../lib/schema/slice.ts";
import { apiFile } from "./api-files.ts";
import type { CompiledApi } from "./compile-apis.ts";
import type { LastApi } from "./last-run.ts";
import { protoSources } from "./proto-sources.ts";

/** What is known of the files that are there: those of the last run, and which of them are as it left them. */
export interface KnownFiles {
  readonly last: LastApi | null;
  readonly isIntact: (path: string) => boolean;
}

/** Adds the pages of an API to what is wanted; null stands for what a file has already. */
export function addPages(
  wanted: Map<string, string | Uint8Array | null>,
  { api, reference }: CompiledApi,
  { last, isIntact }: KnownFiles,
): PageTraces {
  const files = makePages(reference, api, last === null ? undefined : { traces: last.pages, isIntact });
  for (let next = files.next(); ; next = files.next()) {
    if (next.done) return next.value;
    const { path, content } = next.value;
    // As bytes at once: so many strings that are still in pieces would keep the memory busy.
    wanted.set(path, content === null ? null : Buffer.from(content));
  }
}

/** Adds a slice and its docs for each method; the whole image for the server and for what names any type of the API. */
export function addSchemas(
  wanted: Map<string, string | Uint8Array | null>,
  root: string,
  { api, image, reference }: CompiledApi,
  { last, isIntact }: KnownFiles,
): Record<string, string> {
  const bare = create(FileDescriptorSetSchema, {
    file: image.file.map((file) => {
      const copy = clone(FileDescriptorProtoSchema, file);
      delete copy.sourceCodeInfo;
      return copy;
    }),
  });
  const bytes = toBinary(FileDescriptorSetSchema, bare);
  const registry = loadRegistry(bytes);
  wanted.set(apiFile(api.id, "image.binpb"), bytes);
  wanted.set(apiFile(api.id, "reference.json"), `${JSON.stringify(reference)}\n`);
  wanted.set(`public/schema/types-${api.id}.binpb`, bytes);
  const protos = protoSources(resolve(root, api.protoRoot), image);
  wanted.set(`public/schema/protos-${api.id}.json`, `${JSON.stringify(protos)}\n`);
  wanted.set(`public/schema/errors-${api.id}.json`, `${JSON.stringify(errorHelps(reference.errors))}\n`);
  const docsOf = indexMethodDocs(reference);
  const hashOf = fileHashes(resolve(root, api.protoRoot));
  const needed = JSON.stringify(
    reference.messages.flatMap(({ name, needed }) => (needed.length > 0 ? [name, needed] : [])),
  );
  const schemas: Record<string, string> = {};
  for (const method of reference.services.flatMap((service) => service.methods)) {
    const { name } = method;
    const key = hash([api.id, JSON.stringify(method), needed, ...filesOf(registry, name).map(hashOf)]);
    schemas[name] = key;
    const paths = { slice: `public/schema/${name}.binpb`, docs: `public/schema/${name}.json` };
    const isSame = last?.schemas[name] === key && isIntact(paths.slice) && isIntact(paths.docs);
    wanted.set(paths.slice, isSame ? null : toBinary(FileDescriptorSetSchema, sliceMethod(registry, name)));
    wanted.set(paths.docs, isSame ? null : Buffer.from(`${JSON.stringify(docsOf(name))}\n`));
  }
  return schemas;
}

/** The files of all types that a method's request and reply can hold, and of the method. */
function filesOf(registry: FileRegistry, name: string): string[] {
  const method = findMethod(registry, name);
  const files = new Set<string>();
  const seen = new Set<string>();
  const queue: (DescMessage | undefined)[] = [method?.input, method?.output];
  for (let message = queue.pop(); queue.length > 0 || message !== undefined; message = queue.pop()) {
    if (message === undefined || seen.has(message.typeName)) continue;
    seen.add(message.typeName);
    files.add(message.file.proto.name);
    for (const field of message.fields) {
      if (field.enum !== undefined) files.add(field.enum.file.proto.name);
      if (field.message !== undefined) queue.push(field.message);
    }
  }
  if (method !== undefined) files.add(method.parent.file.proto.name);
  return [...files].sort();
}

/** The hash of a proto file by its path below the root; of protobuf's own files the path. */
function fileHashes(protoRoot: string): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) {
      const full = join(protoRoot, path);
      found = existsSync(full) ? hash([path, readFileSync(full)]) : path;
      known.set(path, found);
    }
    return found;
  };
}

function hash(parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(`${part.length}\0`).update(part);
  return sum.digest("base64url");
}
