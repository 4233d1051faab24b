import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { Problem, TextEdit } from "../schema/problem.ts";
import { type RequestTreeReading, readRequestTree } from "../schema/request-text.ts";
import { type BytesLensChoice, bytesAt, bytesLenses } from "./bytes-lenses.ts";
import { complete } from "./complete.ts";
import type { CompletionItem } from "./completion-item.ts";
import { diagnose } from "./diagnose.ts";
import { type Fold, folds } from "./folds.ts";
import { layoutEdits } from "./format.ts";
import { type Hint, hints } from "./hints.ts";
import { type Hover, hover } from "./hover.ts";
import { baseContext } from "./lenses/context.ts";
import type { RecentValue } from "./recent-values.ts";
import { type TypeAt, typeAt } from "./request-types.ts";
import { type ValueLenses, valueLenses } from "./value-lenses.ts";

export interface LanguageOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly registry: Registry;
  readonly bytes: BytesForm;
  /** Values of earlier replies, newest first. */
  readonly recents?: readonly RecentValue[];
  /** Height of the profile's chain, where it is known. */
  readonly height?: number | null;
  /** The time in milliseconds since 1970; the clock's where it is not given. */
  readonly now?: () => number;
}

/** What an editor asks about the request of one method. Offsets count UTF-16 units. */
export interface Language {
  complete(text: string, offset: number): readonly CompletionItem[];
  diagnose(text: string): readonly Problem[];
  hover(text: string, offset: number): Hover | null;
  /** Words beside values: what goes on the wire, units in other words. */
  hints(text: string): readonly Hint[];
  layout(text: string): readonly TextEdit[];
  folds(text: string): readonly Fold[];
  /** The documented type whose page says more about this place. */
  typeAt(text: string, offset: number): TypeAt | null;
  /** The ways to write the `bytes` value at the offset; empty where there is none. */
  bytesLenses(text: string, offset: number): readonly BytesLensChoice[];
  /** The value at the offset in every other way, each of which can be typed; null where there is none. */
  valueLenses(text: string, offset: number): ValueLenses | null;
  setRecents(recents: readonly RecentValue[]): void;
  setHeight(height: number | null): void;
  /** Whether a character that was just typed asks for completion where it else does not. */
  asksAfter?(character: string, text: string, offset: number): boolean;
}

export function createLanguage(given: LanguageOptions): Language {
  const { desc, docs, bytes } = given;
  const now = given.now ?? Date.now;
  let recents = given.recents ?? [];
  let height = given.height ?? null;
  let last: { readonly text: string; readonly reading: RequestTreeReading } | null = null;

  /** One text is asked about many times in a row. */
  function read(text: string): RequestTreeReading {
    if (last?.text !== text) last = { text, reading: readRequestTree(text, desc, given) };
    return last.reading;
  }

  const about = (text: string) => {
    const context = baseContext(docs, { nowMs: now(), height });
    return { text, desc, docs, bytes, recents, context };
  };
  return {
    complete: (text, offset) => complete(text, offset, { desc, docs, bytes, recents }),
    diagnose: (text) => diagnose(read(text), about(text)),
    hover: (text, offset) => hover(read(text), offset, about(text)),
    hints: (text) => {
      const { root, bytesRead } = read(text);
      return root === null ? [] : hints(root, bytesRead, about(text));
    },
    layout: layoutEdits,
    folds,
    typeAt: (text, offset) => {
      const found = typeAt(read(text).root, offset, desc);
      const pages = found?.kind === "enum" ? docs.enums : docs.messages;
      return found !== null && pages[found.type] !== undefined ? found : null;
    },
    bytesLenses: (text, offset) => {
      const { root, bytesRead } = read(text);
      const value = bytesAt(bytesRead, root, offset);
      return value === undefined ? [] : bytesLenses(value, bytes);
    },
    valueLenses: (text, offset) => valueLenses(read(text), offset, about(text)),
    setRecents: (values) => {
      recents = values;
    },
    setHeight: (value) => {
      height = value;
    },
  };
}
