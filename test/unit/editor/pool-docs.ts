import { readFileSync } from "node:fs";
import type { DescMessage } from "@bufbuild/protobuf";
import type { MethodDocs } from "../../../lib/reference/method-docs.ts";
import { findMethod, loadRegistry } from "../../../lib/schema/registry.ts";

export interface MethodFixture {
  readonly method: string;
  readonly desc: DescMessage;
  readonly registry: ReturnType<typeof loadRegistry>;
  readonly docs: MethodDocs;
  readonly bytes: "hex";
}

/** What the site serves to the editor of a method. */
export function methodFixture(method: string): MethodFixture {
  const asset = (kind: string) => new URL(`../../../public/schema/${method}.${kind}`, import.meta.url);
  const registry = loadRegistry(new Uint8Array(readFileSync(asset("binpb"))));
  const docs = JSON.parse(readFileSync(asset("json"), "utf8")) as MethodDocs;
  const desc = findMethod(registry, method)?.input;
  if (desc === undefined) throw new Error(`no method ${method}`);
  return { method, desc, registry, docs, bytes: "hex" };
}
