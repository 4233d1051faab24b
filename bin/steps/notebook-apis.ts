import { createRegistry, type FileRegistry } from "@bufbuild/protobuf";
import { accessOf } from "../../lib/call/access.ts";
import type { NotebookApis } from "../../lib/notebook/check-notebook.ts";
import type { NotebookMethod } from "../../lib/notebook/host.ts";
import { findMethod, loadRegistry } from "../../lib/schema/registry.ts";
import type { Permissions } from "../../server/policy/access.ts";

/** The APIs whose methods can be called, with the files that their types are in. */
export interface CallableApis extends NotebookApis {
  methodOf(name: string): (NotebookMethod & { readonly registry: FileRegistry }) | undefined;
}

/** Reads the APIs' descriptors, as `generate` wrote them. Two may hold other versions of one file: a method's types are its own's. */
export function readNotebookApis(images: readonly Uint8Array[], permissions: Permissions): CallableApis {
  const registries = images.map(loadRegistry);
  return {
    methods: registries.flatMap((registry) =>
      [...registry].flatMap((type) =>
        type.kind === "service" ? type.methods.map(({ name }) => `${type.typeName}.${name}`) : [],
      ),
    ),
    methodOf: (name) => {
      for (const registry of registries) {
        const method = findMethod(registry, name);
        if (method !== undefined) {
          return { method, registry, access: accessOf(permissions.get(name) ?? null) };
        }
      }
      return undefined;
    },
    registry: createRegistry(...registries),
  };
}
