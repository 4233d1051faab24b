import { type DescField, type DescMessage, type Message, type Registry, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { HttpBinding } from "../reference/reference.ts";
import { pathVariables } from "../reference/rest-place.ts";
import { formatBytes } from "../schema/bytes-lens.ts";
import { writeMessage } from "../schema/message-text.ts";
import { seen } from "./json-text.ts";

/** A request as HTTP, ready to send: nothing in it has to be escaped again. */
export interface RestCall {
  readonly verb: string;
  /** `/v1/pool/orders/AAEC`, percent-encoded. */
  readonly path: string;
  /** In order; neither side is encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** JSON, or null where the binding has no body. */
  readonly body: string | null;
}

export type RestPlacing =
  | { readonly kind: "ok"; readonly call: RestCall }
  /** Why none of the bindings can say it. */
  | { readonly kind: "none"; readonly reason: string };

class Unplaced extends Error {}

/** The first of the bindings that can say the whole message. The message is not changed. */
export function placeRequest(
  bindings: readonly HttpBinding[],
  desc: DescMessage,
  message: Message,
  registry: Registry,
): RestPlacing {
  let reason = "The method has no HTTP binding, so it can't be called over REST.";
  for (const [index, binding] of bindings.entries()) {
    try {
      return { kind: "ok", call: placed(binding, desc, message, registry) };
    } catch (cause) {
      if (!(cause instanceof Unplaced)) throw cause;
      if (index === 0) reason = cause.message;
    }
  }
  return { kind: "none", reason };
}

function placed(binding: HttpBinding, desc: DescMessage, message: Message, registry: Registry): RestCall {
  const inPath = new Set<string>();
  let path = binding.path;
  for (const name of pathVariables(binding.path)) {
    const value = pathValue(reflect(desc, message, false), name, binding);
    inPath.add(name);
    path = path.replace(new RegExp(`\\{${name.replaceAll(".", "\\.")}(?:=[^{}]*)?\\}`), () => value);
  }
  const root = reflect(desc, message, false);
  const text = (sub: ReflectMessage) =>
    seen(
      writeMessage(sub.desc, without(sub, inPath, sub === root ? "" : `${binding.body}.`), {
        ...{ bytes: "base64", registry, emitDefaults: false },
      }),
    );
  const { verb, body } = binding;
  if (body === "*") return { verb, path, query: [], body: text(root) };
  const field = body === null ? undefined : desc.fields.find(({ name }) => name === body);
  const query: [string, string][] = [];
  for (const each of root.fields) if (each !== field) addQuery(root, each, "", inPath, query, registry);
  if (body === null) return { verb, path, query, body: null };
  if (field?.fieldKind !== "message") {
    throw new Unplaced(`The body of ${verb} ${binding.path} is the field ${body}, which is no message.`);
  }
  // An empty body would still set the field.
  if (!root.isSet(field)) throw new Unplaced(`${verb} ${binding.path} always sends the field ${body}.`);
  return { verb, path, query, body: text(root.get(field)) };
}

/** A copy of a message without the fields that stand in the path. */
function without(message: ReflectMessage, inPath: ReadonlySet<string>, prefix: string): Message {
  const copy = reflect(message.desc);
  for (const field of message.fields) {
    if (!message.isSet(field) || inPath.has(prefix + field.name)) continue;
    copy.set(field, message.get(field));
  }
  return copy.message;
}

function pathValue(message: ReflectMessage, path: string, { verb, path: template }: HttpBinding): string {
  const [name = "", ...inner] = path.split(".");
  const field = message.fields.find((each) => each.name === name);
  if (field === undefined) throw new Unplaced(`${path} of ${verb} ${template} is no field of the request.`);
  const say = (why: string) => new Unplaced(`${verb} ${template} has ${path} in its path, ${why}`);
  if (!message.isSet(field)) throw say("which is not set in this request.");
  if (inner.length > 0 && field.fieldKind === "message") {
    return pathValue(message.get(field), inner.join("."), { verb, path: template, body: null });
  }
  if (field.fieldKind !== "scalar" && field.fieldKind !== "enum") throw say("where it can't be written.");
  const value = scalarText(field, message.get(field));
  if (value === "" || value.includes("/") || value === "." || value === "..") {
    throw say("where this value can't be written.");
  }
  // Padding of base64 means nothing in a path, and gateways want it as it is.
  return encodeURIComponent(value).replaceAll("%3D", "=");
}

/** Bytes in the alphabet that is safe in URLs, with their padding, since gateways ask for it. */
function scalarText(field: DescField, value: unknown): string {
  if (field.enum !== undefined) return field.enum.value[value as number]?.name ?? String(value);
  return value instanceof Uint8Array ? formatBytes("base64url", value) : String(value);
}

function addQuery(
  message: ReflectMessage,
  field: DescField,
  prefix: string,
  inPath: ReadonlySet<string>,
  query: [string, string][],
  registry: Registry,
): void {
  const name = prefix + field.name;
  if (!message.isSet(field) || inPath.has(name)) return;
  const cannot = () => new Unplaced(`${name} can't be written in a query, and this call has no body for it.`);
  switch (field.fieldKind) {
    case "list":
      if (field.listKind === "message") throw cannot();
      for (const item of message.get(field)) query.push([name, scalarText(field, item)]);
      return;
    case "map":
      if (field.mapKind === "message") throw cannot();
      for (const [key, item] of message.get(field)) {
        query.push([`${name}[${String(key)}]`, scalarText(field, item)]);
      }
      return;
    case "message": {
      const inner = message.get(field);
      if (hasCustomJsonRepresentation(inner.desc)) {
        const json = toJson(inner.desc, inner.message, { registry });
        if (typeof json === "object") throw cannot();
        query.push([name, String(json)]);
        return;
      }
      const before = query.length;
      for (const each of inner.fields) addQuery(inner, each, `${name}.`, inPath, query, registry);
      // A query has no words for a message that is set and holds nothing.
      if (query.length === before && ![...inPath].some((path) => path.startsWith(`${name}.`))) throw cannot();
      return;
    }
    default:
      query.push([name, scalarText(field, message.get(field))]);
  }
}

/** The path with its query, encoded. */
export function restTarget({ path, query }: RestCall): string {
  if (query.length === 0) return path;
  const parts = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `${path}?${parts.join("&")}`;
}
