import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { DescMethodUnary } from "@bufbuild/protobuf";
import { Code, createRouterTransport } from "@connectrpc/connect";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import type { CallLog } from "../call-log.ts";
import type { GrpcHandlerOptions } from "../server/grpc-handler.ts";
import { answerRest, type GatewayOptions, type RestRequest } from "./answer-rest.ts";
import { readHttpRules } from "./http-rules.ts";
import { type RestAnswer, restError } from "./rest-status.ts";

/** A request listener for HTTP/1.1 and HTTP/2. */
export type RestHandler = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void;

/** More than any message that a call may have: base64 and names take room. */
const MAX_BODY = 16 * 1024 * 1024;

/** Serves the Trader over HTTP by the rules of a service config, in front of the same routes as gRPC. */
export function createRestHandler(
  rules: URL,
  { routes, interceptors, log }: Pick<GrpcHandlerOptions, "routes" | "interceptors" | "log">,
): RestHandler {
  const options: GatewayOptions = {
    rules: readHttpRules(rules),
    methods: new Map(
      Trader.methods
        .filter((method): method is DescMethodUnary => method.methodKind === "unary")
        .map((method) => [`${Trader.typeName}.${method.name}`, method]),
    ),
    transport: createRouterTransport(routes, { router: { interceptors } }),
  };
  return (request, response) => {
    void serve(request, response, options, log);
  };
}

async function serve(
  request: Parameters<RestHandler>[0],
  response: Parameters<RestHandler>[1],
  options: GatewayOptions,
  log: CallLog,
): Promise<void> {
  const started = performance.now();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const body = await readBody(request).catch(() => null);
  if (body === null) return;
  const { answer, method } =
    body === "too large"
      ? { answer: restError(Code.ResourceExhausted, "http: request body too large"), method: undefined }
      : await answerRest(toRequest(request, body, gone.signal), options).catch((cause: unknown) => {
          // A fault of the sandbox costs one call, not all of them.
          log.note(`a REST call failed: ${cause instanceof Error ? cause.message : String(cause)}`);
          return { answer: restError(Code.Internal, "internal error"), method: undefined };
        });
  const cancelled = gone.signal.aborted;
  if (!cancelled) write(request, response as ServerResponse, answer);
  if (method !== undefined) {
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.finished({ method, code: cancelled ? Code.Canceled : answer.code, ms, cancelled });
  }
}

async function readBody(request: Parameters<RestHandler>[0]): Promise<Buffer | "too large"> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return "too large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toRequest(request: Parameters<RestHandler>[0], body: Buffer, signal: AbortSignal): RestRequest {
  const one = (name: string): string => {
    const value = request.headers[name];
    return Array.isArray(value) ? (value[0] ?? "") : (value ?? "");
  };
  return {
    verb: request.method ?? "GET",
    url: request.url ?? "/",
    contentType: one("content-type"),
    verbOverride: one("x-http-method-override"),
    timeout: one("grpc-timeout"),
    macaroons: headerValues(request.rawHeaders, "grpc-metadata-macaroon"),
    body,
    signal,
  };
}

/** Each value by itself: Node joins those of one name, and two macaroons are not one. */
function headerValues(raw: readonly string[], name: string): string[] {
  return raw.filter(
    // The gateway passes on what can stand in gRPC metadata, and no more.
    (value, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name && /^[ -~]*$/.test(value),
  );
}

function write(request: Parameters<RestHandler>[0], response: ServerResponse, answer: RestAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": Buffer.byteLength(answer.body) });
  response.end(request.method === "HEAD" ? undefined : answer.body);
}
