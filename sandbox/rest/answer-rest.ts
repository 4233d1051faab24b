import { create, type DescMethodUnary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { firstJsonValue } from "./go-json.ts";
import { type HttpRule, matchPath } from "./http-rules.ts";
import { type Parameters, readParameters, setFromPath, setParameters } from "./query.ts";
import { JsonRefusal, readJsonMessage } from "./read-json.ts";
import { type RestAnswer, restError, restReply } from "./rest-status.ts";
import { writeJson } from "./write-json.ts";

/** A call over HTTP. */
export interface RestRequest {
  readonly verb: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly contentType: string;
  readonly verbOverride: string;
  /** The header `Grpc-Timeout`, as `5S`; empty where there is none. */
  readonly timeout: string;
  /** The values of the headers `Grpc-Metadata-macaroon`. */
  readonly macaroons: readonly string[];
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/** What the gateway stands in front of. */
export interface GatewayOptions {
  readonly rules: readonly HttpRule[];
  /** By fully qualified name. */
  readonly methods: ReadonlyMap<string, DescMethodUnary>;
  /** Calls the methods, macaroon checks and all. */
  readonly transport: Transport;
}

/** An answer and the method that gave it; without one the path is nobody's. */
export interface Answered {
  readonly answer: RestAnswer;
  readonly method: string | undefined;
}

/** The gateway's client takes no more than a gRPC server does. */
const MAX_MESSAGE = 4 * 1024 * 1024;
const FORM = "application/x-www-form-urlencoded";

/** Answers a call as grpc-gateway does in front of the daemon. */
export async function answerRest(request: RestRequest, options: GatewayOptions): Promise<Answered> {
  const [rawPath = "", query = ""] = request.url.split(/\?(.*)/s);
  const path = decodePath(rawPath);
  if (path === undefined)
    return { answer: restError(Code.InvalidArgument, "Bad Request"), method: undefined };
  const parts = path.slice(1).split("/");
  const isForm = request.verb === "POST" && request.contentType === FORM;
  const verb = isForm && request.verbOverride !== "" ? request.verbOverride.toUpperCase() : request.verb;
  const matches = options.rules.flatMap((rule) => {
    const fields = matchPath(rule, parts);
    return fields === undefined ? [] : [{ rule, fields }];
  });
  const found =
    matches.findLast(({ rule }) => rule.verb === verb) ??
    (isForm ? matches.find(({ rule }) => rule.verb === "GET") : undefined);
  if (found === undefined) {
    const answer =
      matches.length > 0
        ? restError(Code.Unimplemented, "Method Not Allowed")
        : restError(Code.NotFound, "Not Found");
    return { answer, method: undefined };
  }
  const form = isForm && !found.rule.body ? request.body.toString("utf8") : "";
  const parameters = readParameters([form, query].filter((text) => text !== "").join("&"));
  return { answer: await call(found, parameters, request, options), method: found.rule.method };
}

async function call(
  { rule, fields }: { rule: HttpRule; fields: ReadonlyMap<string, string> },
  parameters: Parameters | string,
  request: RestRequest,
  { methods, transport }: GatewayOptions,
): Promise<RestAnswer> {
  const method = methods.get(rule.method);
  if (method === undefined) return restError(Code.Unimplemented, `unknown method ${rule.method}`);
  const bad = (text: string) => restError(Code.InvalidArgument, text);
  const timeout = timeoutMs(request.timeout);
  if (timeout === null) return bad(`invalid grpc-timeout: ${request.timeout}`);
  let message = create(method.input);
  if (rule.body) {
    const reading = firstJsonValue(request.body.toString("utf8"));
    if ("error" in reading) return bad(reading.error);
    try {
      if ("value" in reading) message = readJsonMessage(method.input, reading.value);
    } catch (error) {
      if (error instanceof JsonRefusal) return bad(error.message);
      throw error;
    }
  }
  const reflected = reflect(method.input, message);
  for (const [name, text] of fields) {
    const wrong = setFromPath(reflected, name, text);
    if (wrong !== undefined) return bad(wrong);
  }
  if (!rule.body) {
    if (typeof parameters === "string") return bad(parameters);
    const wrong = setParameters(reflected, parameters, new Set(fields.keys()));
    if (wrong !== undefined) return bad(wrong);
  }
  const size = toBinary(method.input, message).length;
  if (size > MAX_MESSAGE) {
    return restError(
      Code.ResourceExhausted,
      `grpc: received message larger than max (${size} vs. ${MAX_MESSAGE})`,
    );
  }
  try {
    const headers = request.macaroons.map((value): [string, string] => ["macaroon", value]);
    const reply = await transport.unary(method, request.signal, timeout, headers, message);
    return restReply(writeJson(method.output, reply.message));
  } catch (error) {
    const { code, rawMessage } = ConnectError.from(error);
    return restError(code, rawMessage);
  }
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 0.001, n: 0.000_001 },
};

/** Milliseconds of a timeout as gRPC writes it; undefined for none, null where it cannot be read. */
function timeoutMs(text: string): number | undefined | null {
  if (text === "") return undefined;
  const [, digits = "", unit = ""] = /^(\d+)([HMSmun])$/.exec(text) ?? [];
  const factor = UNIT_MS[unit];
  return factor === undefined ? null : Math.max(Number(digits) * factor, 1);
}

/** A path without its escapes; undefined where Go's server would not take it. */
function decodePath(path: string): string | undefined {
  if (!path.startsWith("/")) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
