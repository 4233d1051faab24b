import { fromBinary, type Registry } from "@bufbuild/protobuf";
import type { Value } from "../../lib/notebook/value.ts";
import { toHex } from "../../lib/schema/bytes-text.ts";
import { writeMessage } from "../../lib/schema/message-text.ts";

/** A value to be read: JSON over several lines where it has parts, integers exact, bytes as hex. */
export function valueText(value: Value, types: Registry | null, indent = ""): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "uint":
    case "double":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "bytes":
      return JSON.stringify(toHex(value.value));
    case "message":
      return messageText(value, types).replaceAll("\n", `\n${indent}`);
    case "list": {
      if (value.items.length === 0) return "[]";
      const inner = `${indent}  `;
      const items = value.items.map((item) => `${inner}${valueText(item, types, inner)}`);
      return `[\n${items.join(",\n")}\n${indent}]`;
    }
    case "map": {
      if (value.entries.length === 0) return "{}";
      const inner = `${indent}  `;
      const entries = value.entries.map(
        ([key, each]) => `${inner}${keyText(key)}: ${valueText(each, types, inner)}`,
      );
      return `{\n${entries.join(",\n")}\n${indent}}`;
    }
  }
}

/** A value in a cell of a table: on one line, strings as they are. */
export function shortText(value: Value, types: Registry | null): string {
  if (value.kind === "string") return value.value;
  if (value.kind === "bytes") return toHex(value.value);
  return valueText(value, types).replace(/\s*\n\s*/g, " ");
}

/** Whether it is a number: it stands at the right of its column. */
export function isNumber({ kind }: Value): boolean {
  return kind === "int" || kind === "uint" || kind === "double";
}

function messageText({ type, wire }: Extract<Value, { kind: "message" }>, types: Registry | null): string {
  const desc = types?.getMessage(type);
  if (types === null || desc === undefined) return `"${type}"`;
  return writeMessage(desc, fromBinary(desc, wire), { bytes: "hex", registry: types, emitDefaults: false });
}

function keyText(key: Value): string {
  return key.kind === "string" ? JSON.stringify(key.value) : `"${shortText(key, null)}"`;
}
