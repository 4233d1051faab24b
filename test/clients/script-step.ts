import type { JsonValue } from "@bufbuild/protobuf";

/** A call of the script. In its texts `{{name}}` is what an earlier step kept under that name. */
export interface ScriptStep {
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: string;
  /** ProtoJSON with the names of the proto and bytes as base64; a list is a stream of requests. */
  readonly request?: JsonValue;
  /** What is kept of the first reply: name → path in it, such as `accounts.0.trader_key`. */
  readonly keep?: Readonly<Record<string, string>>;
  /** After so many replies of a stream it is ended by the client. */
  readonly take?: number;
  /** The status that the call has to end with; none: it has to succeed. */
  readonly refused?: { readonly code: number; readonly message: string };
}

/** The request with what was kept in the places of its names. Throws on a name that nothing was kept under. */
export function fillIn(request: JsonValue, kept: ReadonlyMap<string, string>): JsonValue {
  if (typeof request === "string") {
    return request.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = kept.get(name);
      if (value === undefined) throw new Error(`nothing was kept under ${name}`);
      return value;
    });
  }
  if (Array.isArray(request)) return request.map((each) => fillIn(each, kept));
  if (request === null || typeof request !== "object") return request;
  return Object.fromEntries(Object.entries(request).map(([name, each]) => [name, fillIn(each, kept)]));
}

/** The text at a path of a reply. Throws where there is none. */
export function pick(reply: JsonValue | undefined, path: string): string {
  let value: JsonValue | undefined = reply;
  for (const name of path.split(".")) {
    value = (value as { [name: string]: JsonValue } | null | undefined)?.[name];
  }
  if (typeof value !== "string" || value === "") throw new Error(`the reply has no text at ${path}`);
  return value;
}
