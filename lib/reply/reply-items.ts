import { type DescField, type DescMessage, fromBinary, type Registry } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { type Any, AnySchema, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { BytesForm } from "../call/call.ts";
import { toHex } from "../schema/bytes-text.ts";
import { decodeReply } from "../schema/decode-reply.ts";
import type { Children, OutlineSource } from "./outline.ts";
import { splitMessage, type WireList } from "./split-message.ts";
import { typeText, valueText, wellKnownText } from "./value-text.ts";

/** A value of a reply with its place. */
export interface ReplyItem {
  /** The field's short name, `[3]` or `["key"]`. */
  readonly label: string;
  /** From the message down: `asks[3].details.amt`; empty for the message itself. */
  readonly path: string;
  /** Null for a message of a stream. */
  readonly field: DescField | null;
  /** The message that it is in, with those around it. */
  readonly holder: Holder | null;
  readonly value: ReplyValue;
}

/** A message and the messages around it. */
export interface Holder {
  readonly message: ReflectMessage;
  readonly outer: Holder | null;
}

export type ReplyValue =
  /** A value without parts. `text` is exact. */
  | { readonly kind: "plain"; readonly text: string; readonly raw: unknown }
  | { readonly kind: "message"; readonly message: ReflectMessage }
  | { readonly kind: "list"; readonly children: Children<ReplyItem> }
  /** A message of a stream, that is read when it is opened. */
  | { readonly kind: "received"; readonly message: number; readonly read: () => Wire }
  /** What cannot be read. */
  | { readonly kind: "problem"; readonly text: string };

type Wire = Uint8Array | Promise<Uint8Array>;

/** How items are made. */
export interface ItemOptions {
  readonly desc: DescMessage;
  readonly registry: Registry;
  /** Asked for anew with every value: it can change. */
  bytes(): BytesForm;
}

/** Items of a large list that stay decoded. */
const KEPT_ITEMS = 2_000;

/** A tree opens messages into their fields, lists and maps into their items. */
export function replySource(options: ItemOptions): OutlineSource<ReplyItem> {
  return {
    opens: ({ value }) => {
      switch (value.kind) {
        case "message":
          return fieldsOf(value.message).length > 0;
        case "list":
          return value.children.count > 0;
        case "received":
          return true;
        default:
          return false;
      }
    },
    open: async (item) => {
      const { value } = item;
      if (value.kind === "list") return value.children;
      if (value.kind === "message") return messageChildren(value.message, item.path, item.holder, options);
      if (value.kind === "received") return wireChildren(await value.read(), options);
      return { count: 0, at: () => item };
    },
  };
}

/** What stands in a message, given as bytes: the items of its lists are decoded when they are looked at. */
export function wireChildren(wire: Uint8Array, options: ItemOptions): Children<ReplyItem> {
  const { desc } = options;
  const split = splitMessage(desc, wire);
  let message: ReflectMessage;
  try {
    message = reflect(desc, decodeReply(desc, split?.rest ?? wire).message, false);
  } catch (error) {
    return only(problem("", `The reply is no ${desc.typeName}: ${messageOf(error)}.`));
  }
  const lists = new Map(split?.lists.map((list) => [list.field.number, list]));
  return messageChildren(message, "", null, options, lists);
}

function messageChildren(
  message: ReflectMessage,
  path: string,
  outer: Holder | null,
  options: ItemOptions,
  lists: ReadonlyMap<number, WireList> = new Map(),
): Children<ReplyItem> {
  const inner = unpacked(message, options.registry) ?? message;
  const holder = { message: inner, outer };
  const fields = fieldsOf(inner);
  const unknown = inner.getUnknown() ?? [];
  return {
    count: fields.length + unknown.length,
    at: (index) => {
      const field = fields[index];
      if (field === undefined) {
        const { no, data } = unknown[index - fields.length] ?? { no: 0, data: new Uint8Array() };
        const value = { kind: "plain", text: toHex(data), raw: data } as const;
        return { label: `unknown field ${no}`, path: under(path, String(no)), field: null, holder, value };
      }
      const own = under(path, field.name);
      const list = lists.get(field.number);
      const value: ReplyValue =
        list === undefined
          ? fieldValue(inner, field, own, holder, options)
          : { kind: "list", children: listedItems(list, own, holder, options) };
      return { label: field.name, path: own, field, holder, value };
    },
  };
}

function fieldValue(
  message: ReflectMessage,
  field: DescField,
  path: string,
  holder: Holder,
  options: ItemOptions,
): ReplyValue {
  if (field.fieldKind === "list") {
    const list = message.get(field);
    return {
      kind: "list",
      children: {
        count: list.size,
        at: (index) => {
          const own = `${path}[${index}]`;
          return {
            label: `[${index}]`,
            path: own,
            field,
            holder,
            value: single(field, list.get(index), options),
          };
        },
      },
    };
  }
  if (field.fieldKind === "map") {
    const entries = [...message.get(field).entries()];
    return {
      kind: "list",
      children: {
        count: entries.length,
        at: (index) => {
          const [key, value] = entries[index] ?? ["", undefined];
          const label = `[${JSON.stringify(String(key))}]`;
          return { label, path: `${path}${label}`, field, holder, value: single(field, value, options) };
        },
      },
    };
  }
  return single(field, message.get(field), options);
}

function single(field: DescField, value: unknown, { registry, bytes }: ItemOptions): ReplyValue {
  if (field.message === undefined)
    return { kind: "plain", text: valueText(field, value, bytes()), raw: value };
  const message = value as ReflectMessage;
  if (hasCustomJsonRepresentation(message.desc) && message.desc.typeName !== AnySchema.typeName) {
    return { kind: "plain", text: wellKnownText(message, registry), raw: message };
  }
  return { kind: "message", message };
}

/** The items of a list that lies apart on the wire. */
function listedItems(
  { field, items }: WireList,
  path: string,
  holder: Holder,
  options: ItemOptions,
): Children<ReplyItem> {
  const known = new Map<number, ReplyItem>();
  return {
    count: items.length,
    at: (index) => {
      const kept = known.get(index);
      if (kept !== undefined) return kept;
      const own = `${path}[${index}]`;
      const item = {
        label: `[${index}]`,
        path: own,
        field,
        holder,
        value: decoded(field, items.at(index), options),
      };
      known.set(index, item);
      const [stalest] = known.keys();
      if (known.size > KEPT_ITEMS && stalest !== undefined) known.delete(stalest);
      return item;
    },
  };
}

function decoded(field: WireList["field"], wire: Uint8Array, options: ItemOptions): ReplyValue {
  try {
    const { message } = decodeReply(field.message, wire);
    return single(field, reflect(field.message, message, false), options);
  } catch (error) {
    return { kind: "problem", text: `no ${field.message.typeName}: ${messageOf(error)}` };
  }
}

/** The fields that a reader sees, as the text has them: those that are set, and those whose default is a value. */
function fieldsOf(message: ReflectMessage): readonly DescField[] {
  return message.sortedFields.filter((field) => {
    if (message.isSet(field)) return true;
    if (field.oneof !== undefined) return false;
    return field.fieldKind === "list" || field.fieldKind === "map" || field.presence === IMPLICIT;
  });
}

/** protobuf-es names it only by its number: FeatureSet.FieldPresence.IMPLICIT. */
const IMPLICIT = 2;

/** An item's value in few words; for what can be opened how much is in it. */
export function itemWords({ field, value }: ReplyItem): { readonly text: string; readonly type: string } {
  switch (value.kind) {
    case "plain":
    case "problem":
      return {
        text: value.text,
        type:
          field === null || field.fieldKind === "list" || field.fieldKind === "map" ? "" : typeText(field),
      };
    case "message":
      return { text: "", type: value.message.desc.name };
    case "list": {
      const { count } = value.children;
      return {
        text: count === 1 ? "1 item" : `${count.toLocaleString("en-US")} items`,
        type: field === null ? "" : typeText(field),
      };
    }
    case "received":
      return { text: "", type: "" };
  }
}

function unpacked(message: ReflectMessage, registry: Registry): ReflectMessage | null {
  if (message.desc.typeName !== AnySchema.typeName) return null;
  const { typeUrl, value } = message.message as Any;
  const desc = registry.getMessage(typeUrl.slice(typeUrl.lastIndexOf("/") + 1));
  try {
    return desc === undefined ? null : reflect(desc, fromBinary(desc, value), false);
  } catch {
    return null;
  }
}

function only(item: ReplyItem): Children<ReplyItem> {
  return { count: 1, at: () => item };
}

function problem(path: string, text: string): ReplyItem {
  return { label: "malformed", path, field: null, holder: null, value: { kind: "problem", text } };
}

function under(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
