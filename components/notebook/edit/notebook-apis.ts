import type { Registry } from "@bufbuild/protobuf";
import type { NotebookApis } from "../../../lib/notebook/check-notebook.ts";
import { type CellMethods, cellMethod } from "../cell-method.ts";

/** The site's APIs as a notebook is checked against them. Of methods that it does not call the access does not count. */
export function notebookApis(registry: Registry, methods: CellMethods): NotebookApis {
  return {
    methods: methodNames(registry),
    registry,
    methodOf(name) {
      const dot = name.lastIndexOf(".");
      const method = registry
        .getService(name.slice(0, Math.max(0, dot)))
        ?.methods.find((each) => each.name === name.slice(dot + 1));
      if (method === undefined) return undefined;
      const access = Object.hasOwn(methods, name) ? cellMethod(methods, name).access : "read";
      return { method, registry, access };
    },
  };
}

/** Full names of all methods. */
export function methodNames(registry: Registry): readonly string[] {
  return [...registry].flatMap((type) =>
    type.kind === "service" ? type.methods.map(({ name }) => `${type.typeName}.${name}`) : [],
  );
}
