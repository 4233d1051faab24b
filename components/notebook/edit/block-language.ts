import type { BytesForm } from "../../../lib/call/call.ts";
import { createLanguage } from "../../../lib/editor/language.ts";
import { celLanguage } from "../../../lib/notebook/cel-language.ts";
import { captureTypes } from "../../../lib/notebook/check-notebook.ts";
import type { ExpressionContext } from "../../../lib/notebook/expression-language.ts";
import type { Notebook } from "../../../lib/notebook/notebook.ts";
import { placeholderLanguage } from "../../../lib/notebook/placeholder-language.ts";
import type { ReadyLanguage } from "../../editor/use-language.ts";
import { loadMethodSchema } from "../../run/method-schema.ts";
import { loadTypes } from "../load-types.ts";
import type { NotebookSession } from "../notebook-session.ts";
import type { BlockName } from "./block-of.ts";
import { notebookApis } from "./notebook-apis.ts";
import type { NotebookDocument } from "./notebook-document.ts";

interface Block {
  readonly document: NotebookDocument;
  readonly session: () => NotebookSession | null;
  /** Of a request: what it is sent to. */
  readonly method: string;
  readonly bytes: BytesForm;
  readonly language: "json" | "cel";
  readonly block: BlockName;
}

/** What the editor of a block asks: the language of its method or of expressions, with what the notebook's cells give. */
export async function blockLanguage(options: Block): Promise<ReadyLanguage> {
  const { document, session, method, bytes, language, block } = options;
  const registry = await loadTypes(document.apis);
  let last: { readonly notebook: Notebook; readonly scope: ExpressionContext["scope"] } | null = null;
  const now = (): ExpressionContext => {
    const { notebook, methods } = document.state();
    if (notebook !== null && last?.notebook !== notebook) {
      last = { notebook, scope: captureTypes(notebook, notebookApis(registry, methods)) };
    }
    return { scope: last?.scope ?? new Map(), registry, values: session()?.values() ?? new Map() };
  };
  if (language === "cel") return { language: celLanguage(block === "expression" ? null : "bool", now) };
  const schema = await loadMethodSchema(method);
  const inner = createLanguage({
    desc: schema.method.input,
    docs: schema.docs,
    registry: schema.registry,
    bytes,
  });
  return { language: placeholderLanguage(inner, bytes, now) };
}
