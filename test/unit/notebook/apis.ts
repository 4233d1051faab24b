import { createRegistry } from "@bufbuild/protobuf";
import { file_sandbox_v1_control } from "../../../gen/sandbox/v1/control_pb.ts";
import type { NotebookApis } from "../../../lib/notebook/check-notebook.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { poolRegistry } from "../schema/pool-registry.ts";

/** Pool's API and the sandbox's control, for notebooks that are only read. `Get…` and `List…` count as reads. */
const registry = createRegistry(poolRegistry, file_sandbox_v1_control);

const methods = [...registry].flatMap((type) =>
  type.kind === "service" ? type.methods.map(({ name }) => `${type.typeName}.${name}`) : [],
);

export const apis: NotebookApis = {
  methods,
  registry,
  methodOf: (name) => {
    const method = findMethod(registry, name);
    if (method === undefined) return undefined;
    return { method, registry, access: /^(?:Get|List|Quote)/.test(method.name) ? "read" : "write" };
  },
};
