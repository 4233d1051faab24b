import type { Registry } from "@bufbuild/protobuf";
import { Component, memo, type ReactNode, useEffect, useState } from "react";
import { enumHref, messageHref, methodHref } from "../../../lib/pages/links.ts";
import { loadTypes } from "../load-types.ts";
import { useNotebook } from "../notebook-context.ts";
import { renderProse } from "../prose.tsx";

/** Prose that was edited, as it is read: the same fixed set of elements as everywhere. */
export const DocumentProse = memo(function DocumentProse({ text }: { readonly text: string }) {
  const { apis } = useNotebook();
  const types = useNames(apis);
  return (
    <Readable key={text} otherwise={text}>
      <Rendered text={text} types={types} />
    </Readable>
  );
});

function Rendered({ text, types }: { readonly text: string; readonly types: Registry | null }) {
  return renderProse(text, (name) => hrefOf(name, types));
}

/** Markdown that cannot be read yet is shown as it is written. */
class Readable extends Component<{ readonly otherwise: string; readonly children: ReactNode }> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  override state = { failed: false };

  override render() {
    return this.state.failed ? <p>{this.props.otherwise}</p> : this.props.children;
  }
}

function useNames(apis: readonly string[]): Registry | null {
  const [types, setTypes] = useState<Registry | null>(null);
  useEffect(() => {
    let current = true;
    loadTypes(apis).then(
      (loaded) => current && setTypes(loaded),
      // Names stay words then.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [apis]);
  return types;
}

function hrefOf(name: string, types: Registry | null): string | undefined {
  if (types === null) return undefined;
  if (types.getMessage(name) !== undefined) return messageHref(name);
  if (types.getEnum(name) !== undefined) return enumHref(name);
  const dot = name.lastIndexOf(".");
  const service = types.getService(name.slice(0, Math.max(0, dot)));
  return service?.methods.some((method) => method.name === name.slice(dot + 1)) === true
    ? methodHref(name)
    : undefined;
}
