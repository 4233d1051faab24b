import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { MethodDocs } from "../reference/method-docs.ts";
import { toHex } from "../schema/bytes-text.ts";
import { bytesRule } from "./bytes-rule.ts";
import { fieldDocs } from "./describe.ts";

/** A value that a reply held and that a later request may want: a key, a nonce, a txid, an address, a channel id. */
export interface RecentValue {
  /** Short name of the field it was in: `trader_key`. */
  readonly field: string;
  readonly form: "bytes" | "string" | "integer";
  /** Lower-case hex of bytes, the text of a string, the digits of an integer. */
  readonly value: string;
  /** What the docs say the bytes are (`BytesRule.kind`), or null. Fields of the same kind take each other's values. */
  readonly bytesKind: string | null;
  /** Where it was, in words: `trader_key of account 2`. */
  readonly label: string;
}

/** More than these are not taken from one message. */
const most = 200;

/** Longer strings and bytes are no names of anything. Sidecar tickets have some 500 characters. */
const longest = 2048;

/**
 * The values of a message worth offering again, in its order and each once. Which they are is read from the docs'
 * `Bytes:` lines and the fields' names; secrets are left out. Not to be called for replies of a method whose safety says
 * `secretReply`.
 */
export function collectRecent(desc: DescMessage, message: Message, docs: MethodDocs): readonly RecentValue[] {
  const found = new Map<string, RecentValue>();
  visit(reflect(desc, message, false), [], docs, found);
  return [...found.values()];
}

function visit(
  message: ReflectMessage,
  holders: readonly string[],
  docs: MethodDocs,
  found: Map<string, RecentValue>,
): void {
  for (const field of message.fields) {
    if (found.size >= most) return;
    if (!message.isSet(field)) continue;
    const isPlain = field.fieldKind !== "list" && field.fieldKind !== "map";
    const take = (value: unknown, at: readonly string[]) => {
      if (field.message !== undefined) {
        visit(value as ReflectMessage, isPlain ? holders : [...at, ...holders], docs, found);
      } else keep(field, value, [...at, ...holders], message.desc, docs, found);
    };
    if (field.fieldKind === "list") {
      let number = 1;
      for (const item of message.get(field)) {
        if (found.size >= most) return;
        take(item, [`${singular(field.name)} ${number++}`]);
      }
    } else if (field.fieldKind === "map") {
      for (const [key, item] of message.get(field)) {
        if (found.size >= most) return;
        take(item, [`${singular(field.name)} ${String(key).slice(0, 12)}`]);
      }
    } else take(message.get(field), []);
  }
}

function keep(
  field: DescField,
  value: unknown,
  holders: readonly string[],
  holder: DescMessage,
  docs: MethodDocs,
  found: Map<string, RecentValue>,
): void {
  const rule = bytesRule(fieldDocs(docs, field)?.bytes);
  if (rule?.secret === true || isSecret(field.name)) return;
  const read = textOf(field, value);
  if (read === null) return;
  const { form, text } = read;
  const key = `${form} ${field.name} ${text}`;
  if (found.has(key)) return;
  const where = holders.length === 0 ? holder.name : holders.slice(0, 2).join(" of ");
  found.set(key, {
    field: field.name,
    form,
    value: text,
    bytesKind: rule?.kind ?? null,
    label: `${field.name} of ${where}`,
  });
}

/** What is kept of a field's value, or null where it says nothing by itself. */
function textOf(field: DescField, value: unknown): { form: RecentValue["form"]; text: string } | null {
  switch (field.scalar) {
    case ScalarType.BYTES: {
      const bytes = value as Uint8Array;
      return bytes.length < 4 || bytes.length > longest / 2 ? null : { form: "bytes", text: toHex(bytes) };
    }
    case ScalarType.STRING: {
      const text = value as string;
      const named = isName(field.name) && text.length >= 4 && text.length <= longest;
      return named ? { form: "string", text } : null;
    }
    case ScalarType.UINT64:
    case ScalarType.INT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
    case ScalarType.SINT64:
      return /(^|_)ids?$/.test(field.name) && value !== 0n ? { form: "integer", text: String(value) } : null;
    default:
      return null;
  }
}

/** Whether a string of this name stands for one thing. */
function isName(name: string): boolean {
  return /(^|_)(id|key|pubkey|nonce|txid|hash|addr|address|addresses|outpoint|ticket|point)s?$/.test(name);
}

function isSecret(name: string): boolean {
  return /(^|_)(macaroon|preimage|secret|password|token|seed)s?($|_)/.test(name);
}

/** `accounts` → `account`, `matched_orders` → `matched order`, `batches` → `batch`. */
function singular(name: string): string {
  return name
    .replaceAll("_", " ")
    .replace(/ies$/, "y")
    .replace(/(ch|sh|x|ss)es$/, "$1")
    .replace(/([^s])s$/, "$1");
}
