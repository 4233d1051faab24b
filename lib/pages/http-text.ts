import type { FieldType, HttpBinding, Message } from "../reference/reference.ts";
import { pathVariables } from "../reference/rest-place.ts";
import type { Json } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

type JsonObject = { readonly [key: string]: Json };

/**
 * A request as HTTP: the line with verb, path and query, `headers`, and the body. `value` is the request's message as REST writes
 * it. A variable of the path that the message does not have stays in its braces.
 */
export function httpText(
  binding: HttpBinding,
  message: Message,
  value: JsonObject,
  headers: readonly string[],
  context: Pick<PageContext, "messages">,
): string {
  const rest: Record<string, Json> = { ...value };
  let path = binding.path;
  for (const variable of pathVariables(binding.path)) {
    const found = take(rest, variable.split("."));
    if (found === undefined || found === "" || typeof found === "object") continue;
    const text = urlText(found, typeAt(message, variable.split("."), context));
    path = path.replace(new RegExp(`\\{${variable.replaceAll(".", "\\.")}(?:=[^{}]*)?\\}`), () => text);
  }
  const body = binding.body === "*" ? rest : binding.body === null ? undefined : rest[binding.body];
  if (binding.body === "*") return join(binding.verb, path, headers, body);
  if (binding.body !== null) delete rest[binding.body];
  const query = queryParts(rest, message, "", context);
  return join(binding.verb, query.length === 0 ? path : `${path}?${query.join("&")}`, headers, body);
}

function join(verb: string, target: string, headers: readonly string[], body: Json | undefined): string {
  const lines = [`${verb} ${target}`, ...headers];
  if (body === undefined) return lines.join("\n");
  return [...lines, "Content-Type: application/json", "", JSON.stringify(body, null, 2)].join("\n");
}

/** Takes the value at a path out of an object. */
function take(object: Record<string, Json>, [name = "", ...inner]: readonly string[]): Json | undefined {
  const value = object[name];
  if (inner.length === 0) {
    delete object[name];
    return value;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const copy: Record<string, Json> = { ...(value as JsonObject) };
  object[name] = copy;
  return take(copy, inner);
}

function queryParts(
  value: JsonObject,
  message: Message | undefined,
  prefix: string,
  context: Pick<PageContext, "messages">,
): string[] {
  return Object.entries(value).flatMap(([name, item]): string[] => {
    const type = message?.fields.find(({ shortName }) => shortName === name)?.type;
    const key = prefix + name;
    if (item === null) return [];
    if (Array.isArray(item)) {
      return item.flatMap((each: Json) => (isObject(each) ? [] : [`${key}=${urlText(each, type)}`]));
    }
    if (!isObject(item)) return [`${key}=${urlText(item, type)}`];
    if (type?.kind === "map") {
      return Object.entries(item).map(
        ([k, v]) => `${key}[${encodeURIComponent(k)}]=${urlText(v, type.value)}`,
      );
    }
    const inner = type?.kind === "message" ? context.messages.get(type.name) : undefined;
    return queryParts(item, inner, `${key}.`, context);
  });
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a path or query. Bytes are URL-safe base64; their padding stays, since gateways ask for it. */
function urlText(value: Json, type: FieldType | undefined): string {
  const text = String(value);
  return type?.kind === "scalar" && type.name === "bytes"
    ? text.replaceAll("+", "-").replaceAll("/", "_")
    : encodeURIComponent(text);
}

function typeAt(
  message: Message | undefined,
  [name, ...inner]: readonly string[],
  context: Pick<PageContext, "messages">,
): FieldType | undefined {
  const type = message?.fields.find(({ shortName }) => shortName === name)?.type;
  if (inner.length === 0 || type?.kind !== "message") return type;
  return typeAt(context.messages.get(type.name), inner, context);
}
