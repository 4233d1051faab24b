import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { ConnectRouter, Interceptor } from "@connectrpc/connect";
import { Code } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { CallLog } from "../call-log.ts";

/** A request listener for `node:http2`. */
export type GrpcHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** What a port serves. */
export interface GrpcHandlerOptions {
  readonly routes: (router: ConnectRouter) => void;
  /** Fully qualified names of the served services, to tell an unknown method from an unknown service. */
  readonly services: readonly string[];
  readonly interceptors: Interceptor[];
  readonly log: CallLog;
}

const MAX_MESSAGE = 4 * 1024 * 1024;

/** Speaks gRPC and nothing else, answers what it does not know as grpc-go does, and logs each call once. */
export function createGrpcHandler(options: GrpcHandlerOptions): GrpcHandler {
  const adapter = connectNodeAdapter({
    grpc: true,
    grpcWeb: false,
    connect: false,
    readMaxBytes: MAX_MESSAGE,
    interceptors: options.interceptors,
    routes: options.routes,
    fallback: (request, response) => {
      answerStatus(
        response as Http2ServerResponse,
        200,
        Code.Unimplemented,
        unknownText(request.url ?? "", options),
      );
    },
  });
  return (request, response) => {
    const type = request.headers["content-type"] ?? "";
    if (!/^application\/grpc($|[+;])/.test(type)) {
      const text = `invalid gRPC request content-type ${JSON.stringify(type)}`;
      answerStatus(response, 415, Code.InvalidArgument, text);
      return;
    }
    logCall(request, response, options.log);
    adapter(request, response);
  };
}

function unknownText(url: string, options: GrpcHandlerOptions): string {
  const [, service = "", method = ""] = url.split("/");
  return options.services.includes(service)
    ? `unknown method ${method} for service ${service}`
    : `unknown service ${service}`;
}

/** A reply of headers alone: the status stands where trailers would. */
function answerStatus(response: Http2ServerResponse, http: number, code: Code, message: string): void {
  response.setHeader("grpc-status", String(code));
  response.writeHead(http, {
    "content-type": "application/grpc",
    "grpc-message": encodeURIComponent(message).replace(/%(20|22|2F|3A|2B|2C)/g, decodeURIComponent),
  });
  response.end();
}

/** One line per call, written when its stream closes: at once when the client resets it. */
function logCall(request: Http2ServerRequest, response: Http2ServerResponse, log: CallLog): void {
  const started = performance.now();
  const method = request.url.slice(1).replace("/", ".");
  let code: number | undefined;
  const addTrailers = response.addTrailers.bind(response);
  response.addTrailers = (trailers) => {
    code = Number((trailers as Record<string, unknown>)["grpc-status"] ?? 0);
    addTrailers(trailers);
  };
  response.stream.once("close", () => {
    const inHeaders = response.getHeader("grpc-status");
    const status = code ?? (inHeaders === undefined ? undefined : Number(inHeaders));
    const cancelled = status === undefined || response.stream.rstCode === 8;
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.finished({ method, code: status ?? Code.Canceled, ms, cancelled });
  });
}
