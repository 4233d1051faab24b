import type { DescMessage } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { TextEdit } from "../schema/problem.ts";
import type { KeyContext, ValueContext } from "./completion-context.ts";
import type { RecentValue } from "./recent-values.ts";

export interface CompletionOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly bytes: BytesForm;
  /** Values of earlier replies, newest first. */
  readonly recents: readonly RecentValue[];
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: "field" | "enum" | "value" | "skeleton" | "recent";
  /** The type or number, in a few words. */
  readonly detail: string;
  readonly markdown: string;
  /** A snippet (`$1`, `${1:text}`, `\$` for a dollar) that takes the place of the range. */
  readonly insert: string;
  readonly offset: number;
  readonly length: number;
  /** Further edits: the comma that the member before lacks, or the member that this one takes the place of. */
  readonly edits: readonly TextEdit[];
  /** What the typed text is compared with. */
  readonly filter: string;
  readonly deprecated: boolean;
}

/** Text as a code block of Markdown. */
export function codeBlock(text: string): string {
  return `\`\`\`\n${text.replaceAll("```", "'''")}\n\`\`\``;
}

/** The comma that what is written at the cursor needs after it. */
export function comma(context: KeyContext | ValueContext): string {
  return context.commaAfter ? "," : "";
}
