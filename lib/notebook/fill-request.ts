import { fromBinary, type Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { formatBytes } from "../schema/bytes-lens.ts";
import { writeMessage } from "../schema/message-text.ts";
import { applyEdits, type TextEdit } from "../schema/problem.ts";
import type { Evaluator } from "./host.ts";
import { findPlaceholders, type Placeholder } from "./placeholders.ts";
import type { Value, Values } from "./value.ts";

/** A request's text with its values in it, or why one of its expressions has none. */
export type FilledRequest =
  | { readonly kind: "ok"; readonly text: string }
  | { readonly kind: "error"; readonly message: string };

/** How values are written into a request. */
interface Writing {
  readonly bytes: BytesForm;
  /** Types of the messages among them. */
  readonly registry: Registry;
}

/** Puts the values of earlier cells in the place of a request's placeholders. */
export async function fillRequest(
  text: string,
  values: Values,
  evaluator: Evaluator,
  writing: Writing,
): Promise<FilledRequest> {
  const edits: TextEdit[] = [];
  for (const placeholder of findPlaceholders(text)) {
    const found: Value[] = [];
    for (const part of placeholder.parts) {
      if (part.kind === "text") continue;
      const evaluation = await evaluator.evaluate(part.expression, values);
      if (evaluation.kind === "error") {
        return { kind: "error", message: `{{${part.expression}}}: ${evaluation.message}` };
      }
      found.push(evaluation.value);
    }
    const written = writePlaceholder(placeholder, found, writing);
    if (written === null) {
      const message = `${text.slice(placeholder.offset, placeholder.offset + placeholder.length)}: only texts, numbers and bytes can stand within a longer string`;
      return { kind: "error", message };
    }
    edits.push({ offset: placeholder.offset, length: placeholder.length, text: written });
  }
  return { kind: "ok", text: applyEdits(text, edits) };
}

/** JSON in the place of a placeholder's string; null where a value cannot stand in a longer string. */
export function writePlaceholder(
  { whole, parts }: Placeholder,
  values: readonly Value[],
  writing: Writing,
): string | null {
  const [only] = values;
  if (whole && only !== undefined) return valueJson(only, writing);
  let next = 0;
  let text = "";
  for (const part of parts) {
    const value = part.kind === "expression" ? values[next++] : undefined;
    const shown = part.kind === "text" ? part.text : value === undefined ? null : valueText(value, writing);
    if (shown === null) return null;
    text += shown;
  }
  return JSON.stringify(text);
}

/** ProtoJSON of a value as `readRequest` takes it; integers stay exact. */
export function valueJson(value: Value, writing: Writing): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "uint":
      return String(value.value);
    case "double":
      return Number.isFinite(value.value) ? String(value.value) : JSON.stringify(String(value.value));
    case "string":
      return JSON.stringify(value.value);
    case "bytes":
      return JSON.stringify(formatBytes(writing.bytes, value.value));
    case "message": {
      const desc = writing.registry.getMessage(value.type);
      // A type that the method does not know fits none of its fields: its name says so where the request is read.
      if (desc === undefined) return JSON.stringify(value.type);
      return writeMessage(desc, fromBinary(desc, value.wire), { ...writing, emitDefaults: false });
    }
    case "list":
      return `[${value.items.map((item) => valueJson(item, writing)).join(", ")}]`;
    case "map":
      return `{${value.entries
        .map(([key, each]) => `${JSON.stringify(valueText(key, writing) ?? "")}: ${valueJson(each, writing)}`)
        .join(", ")}}`;
  }
}

function valueText(value: Value, { bytes }: Writing): string | null {
  switch (value.kind) {
    case "string":
      return value.value;
    case "bytes":
      return formatBytes(bytes, value.value);
    case "bool":
    case "int":
    case "uint":
    case "double":
      return String(value.value);
    default:
      return null;
  }
}
