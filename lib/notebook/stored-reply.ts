import { type DescField, type DescMessage, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { statusName } from "../call/status.ts";
import { writeReply } from "../schema/reply-text.ts";
import type { CellOutput } from "./cell-state.ts";
import type { NotebookMethod } from "./host.ts";

/** What is kept of a cell's reply, to be compared with later ones. */
export type StoredReply =
  /** ProtoJSON, a value a message; what varies is its form (`<66 hex digits>`). */
  | { readonly method: string; readonly replies: readonly JsonValue[] }
  /** How a call failed that was to fail. */
  | { readonly method: string; readonly error: { readonly code: string; readonly message: JsonValue } }
  /** The replies hold secrets. */
  | { readonly method: string; readonly hidden: true };

export interface Storing {
  readonly method: Pick<NotebookMethod, "method" | "registry">;
  readonly bytes: BytesForm;
  /** Names of fields at any depth, or the ends of their paths (`details.nonce`). */
  readonly varies: readonly string[];
  /** Whether the replies hold secrets. */
  readonly secret: boolean;
}

/** What is kept of a reply. */
export function storeReply(
  { method: name, messages, error }: Extract<CellOutput, { kind: "reply" }>,
  { method, bytes, varies, secret }: Storing,
): StoredReply {
  if (error !== null) {
    const message = varies.includes("message") ? textForm(error.message) : error.message;
    return { method: name, error: { code: statusName(error.code), message } };
  }
  if (secret) return { method: name, hidden: true };
  const desc = method.method.output;
  const replies = messages.map((wire) => {
    const written = writeReply(desc, wire, { bytes, registry: method.registry });
    // All integers that JSON could not hold are texts.
    const json: JsonValue = written.kind === "ok" ? JSON.parse(written.text) : written.message;
    return replaceVarying(json, desc, "", { bytes, varies });
  });
  return { method: name, replies };
}

type Varying = Pick<Storing, "bytes" | "varies">;

function replaceVarying(
  json: JsonValue,
  desc: DescMessage | undefined,
  path: string,
  how: Varying,
): JsonValue {
  if (Array.isArray(json)) return json.map((item) => replaceVarying(item, desc, path, how));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).map(([key, value]): [string, JsonValue] => {
    const field = desc?.fields.find(({ name }) => name === key);
    const at = path === "" ? key : `${path}.${key}`;
    if (how.varies.some((name) => at === name || at.endsWith(`.${name}`))) {
      return [key, formOf(value, field, how)];
    }
    return [key, replaceVarying(value, messageOf(field), at, how)];
  });
  return Object.fromEntries(entries);
}

/** The type of a field's messages. Of a map the values are looked at as if they were fields, whose type is not known. */
function messageOf(field: DescField | undefined): DescMessage | undefined {
  return field?.fieldKind === "message" || field?.fieldKind === "list" ? field.message : undefined;
}

function formOf(value: JsonValue, field: DescField | undefined, how: Varying): JsonValue {
  if (Array.isArray(value)) return value.map((item) => formOf(item, field, how));
  if (value === null) return null;
  switch (typeof value) {
    case "object": {
      const entries = Object.entries(value);
      if (field?.fieldKind === "map") return `<${entries.length} entries>`;
      const desc = messageOf(field);
      const fieldOf = (key: string) => desc?.fields.find(({ name }) => name === key);
      return Object.fromEntries(entries.map(([key, each]) => [key, formOf(each, fieldOf(key), how)]));
    }
    case "boolean":
      return "<true or false>";
    case "number":
      return Number.isInteger(value) ? "<integer>" : "<number>";
    default:
      return stringForm(value, field, how.bytes);
  }
}

function stringForm(value: string, field: DescField | undefined, bytes: BytesForm): string {
  if (value === "") return "";
  if (field?.enum !== undefined) return `<${field.enum.name}>`;
  switch (field?.scalar) {
    case undefined:
    case ScalarType.STRING:
      return textForm(value);
    case ScalarType.BYTES:
      return bytes === "hex" ? `<${value.length} hex digits>` : `<${value.length} characters of ${bytes}>`;
    default:
      return "<integer>";
  }
}

/** `<64 hex digits>:<integer>` of an outpoint; `<text>` where there is neither in it. */
function textForm(text: string): string {
  const form = text.replace(/([0-9a-f]{16,})|\d+/gi, (_, hex: string | undefined) =>
    hex === undefined ? "<integer>" : `<${hex.length} hex digits>`,
  );
  return form === text && text !== "" ? "<text>" : form;
}
