import type { Registry } from "@bufbuild/protobuf";
import { useEffect, useState } from "react";
import type { Value } from "../../lib/notebook/value.ts";
import { useNotebook } from "./notebook-context.ts";

/** The types of all APIs, where one of the values is or holds a message; null until they are here. */
export function useTypes(values: readonly Value[]): Registry | null {
  const { session } = useNotebook();
  const [types, setTypes] = useState<Registry | null>(null);
  const needed = values.some(holdsMessage);
  const apis = session?.options.apis;
  useEffect(() => {
    if (!needed || apis === undefined) return;
    let current = true;
    import("./load-types.ts")
      .then(({ loadTypes }) => loadTypes(apis))
      .then(
        (loaded) => current && setTypes(loaded),
        // Without its type a message is shown by the type's name.
        () => {},
      );
    return () => {
      current = false;
    };
  }, [needed, apis]);
  return types;
}

function holdsMessage(value: Value): boolean {
  switch (value.kind) {
    case "message":
      return true;
    case "list":
      return value.items.some(holdsMessage);
    case "map":
      return value.entries.some(([, each]) => holdsMessage(each));
    default:
      return false;
  }
}
