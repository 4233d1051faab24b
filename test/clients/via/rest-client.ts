import type { DescMethod, JsonValue } from "@bufbuild/protobuf";
import { type HttpRule, readHttpRules } from "../../../sandbox/rest/http-rules.ts";
import { callRest } from "../../conformance/rest-call.ts";
import { canonicalJson, PATIENCE, type ScriptClient, type ScriptTarget } from "../script-client.ts";

const RULES = new URL("../../../proto/poolrpc/trader.yaml", import.meta.url);

/** HTTP statuses that grpc-gateway answers with, by gRPC code. */
const STATUS_OF: Readonly<Record<number, number>> = {
  ...{ 0: 200, 1: 499, 2: 500, 3: 400, 4: 504, 5: 404, 6: 409, 7: 403, 8: 429 },
  ...{ 9: 400, 10: 409, 11: 400, 12: 501, 13: 500, 14: 503, 15: 500, 16: 401 },
};

/** REST over HTTP/1.1. An HTTP status that does not fit the gRPC code is told in the message, so that it differs. */
export function createRestClient(target: ScriptTarget): ScriptClient {
  const rules = readHttpRules(RULES);
  const ruleOf = (method: DescMethod) => rules.find((rule) => rule.method === nameOf(method));
  return {
    name: "REST",
    can: (method) => ruleOf(method) !== undefined,
    close: async () => {},
    async call({ method, requests }) {
      const rule = ruleOf(method);
      if (rule === undefined) throw new Error(`${nameOf(method)} has no HTTP rule`);
      const { path, body } = place(rule, (requests[0] ?? {}) as JsonFields);
      const { status, body: text } = await callRest({
        ...{ port: target.restPort, ca: target.ca, verb: rule.verb, path, body, patience: PATIENCE },
        headers: { "Grpc-Metadata-macaroon": target.macaroon },
      });
      const json = JSON.parse(text === "" ? "null" : text) as JsonValue;
      if (status === 200) return { code: 0, message: "", replies: [canonicalJson(method, json)] };
      const { code = -1, message = text } = (json ?? {}) as { code?: number; message?: string };
      const fits = STATUS_OF[code] === status;
      return { code, message: fits ? message : `${message} (with HTTP status ${status})`, replies: [] };
    },
  };
}

type JsonFields = { readonly [name: string]: JsonValue };

function nameOf({ parent, name }: DescMethod): string {
  return `${parent.typeName}.${name}`;
}

/** What of a request stands in the path, what in the body, and what, of a call without one, in the query. */
function place(rule: HttpRule, request: JsonFields): { path: string; body: string | undefined } {
  const rest = { ...request };
  const parts = rule.segments.map((segment) => {
    if ("text" in segment) return segment.text;
    const value = String(rest[segment.field] ?? "");
    delete rest[segment.field];
    // Bytes in a path are URL-safe base64; no other kind of value has these characters.
    return encodeURIComponent(value.replaceAll("+", "-").replaceAll("/", "_"));
  });
  const path = `/${parts.join("/")}`;
  if (rule.body) return { path, body: JSON.stringify(rest) };
  const query = flatten(rest).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return { path: query.length === 0 ? path : `${path}?${query.join("&")}`, body: undefined };
}

/** `{a: {b: 1}, c: [2, 3]}` → a.b=1, c=2, c=3 */
function flatten(fields: JsonFields, prefix = ""): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return value.map((each) => [prefix + name, String(each)]);
    if (value !== null && typeof value === "object") return flatten(value, `${prefix}${name}.`);
    return [[prefix + name, String(value)]];
  });
}
