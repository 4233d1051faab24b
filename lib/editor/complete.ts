import { keyItems } from "./complete-keys.ts";
import { valueItems } from "./complete-values.ts";
import { contextAt } from "./completion-context.ts";
import type { CompletionItem, CompletionOptions } from "./completion-item.ts";

/**
 * What can be written at the offset, best first: fields that are not set yet, values of enums, booleans, values seen in
 * earlier replies, and skeletons. A field that excludes one which is set says so and takes its place.
 */
export function complete(
  text: string,
  offset: number,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const context = contextAt(text, offset, options.desc);
  if (context === null) return [];
  return context.kind === "key" ? keyItems(context, text, options) : valueItems(context, text, options);
}
