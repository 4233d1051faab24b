import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { Problem, TextEdit } from "../schema/problem.ts";
import { type CompletionItem, complete } from "./complete.ts";
import { diagnose } from "./diagnose.ts";
import { layoutEdits } from "./format.ts";
import { type Hover, hover } from "./hover.ts";

export interface LanguageOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly registry: Registry;
  readonly bytes: BytesForm;
  /** Full name of the method that the request is for. */
  readonly method?: string;
}

/** What an editor asks about the request of one method. Offsets count UTF-16 units. */
export interface Language {
  complete(text: string, offset: number): readonly CompletionItem[];
  diagnose(text: string): readonly Problem[];
  hover(text: string, offset: number): Hover | null;
  layout(text: string): readonly TextEdit[];
}

export function createLanguage(options: LanguageOptions): Language {
  return {
    complete: (text, offset) => complete(text, offset, options),
    diagnose: (text) => diagnose(text, options),
    hover: (text, offset) => hover(text, offset, options),
    layout: layoutEdits,
  };
}
