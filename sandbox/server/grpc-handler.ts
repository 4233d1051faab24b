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

/** A reply of headers alone, which grpc-js takes only when they end the stream. */
function answerStatus(response: Http2ServerResponse, http: number, code: Code, message: string): void {
  response.stream.resume();
  response.stream.respond(
    {
      ":status": http,
      "content-type": "application/grpc",
      "grpc-status": String(code),
      "grpc-message": encodeGrpcMessage(message),
    },
    { endStream: true },
  );
}

/** Connect's words for requests that it cannot read, in those of grpc-go. */
function asGrpcGo(text: string): string {
  const tooLarge = /^message size (\d+) is larger than configured readMaxBytes (\d+)$/.exec(text);
  if (tooLarge !== null) {
    return `grpc: received message larger than max (${tooLarge[1]} vs. ${tooLarge[2]})`;
  }
  if (/^parse binary: .*not valid for encoding utf-8/.test(text)) {
    return "grpc: error unmarshalling request: string field contains invalid UTF-8";
  }
  return text.startsWith("parse binary: ")
    ? "grpc: error unmarshalling request: proto: cannot parse invalid wire-format data"
    : text;
}

/**
 * Percent-encodes what grpc-go encodes and no more. Connect's encoder also takes `,` and `:`, which grpc-js then shows
 * to its user as `%2C` and `%3A`.
 */
function encodeGrpcMessage(text: string): string {
  return [...Buffer.from(text, "utf8")]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

/** One line per call, written when its stream closes: at once when the client resets it. */
function logCall(request: Http2ServerRequest, response: Http2ServerResponse, log: CallLog): void {
  const started = performance.now();
  const method = request.url.slice(1).replace("/", ".");
  let code: number | undefined;
  const addTrailers = response.addTrailers.bind(response);
  response.addTrailers = (trailers) => {
    const { "grpc-status": status, "grpc-message": message, ...others } = trailers as Record<string, string>;
    code = Number(status ?? 0);
    const text =
      message === undefined
        ? {}
        : { "grpc-message": encodeGrpcMessage(asGrpcGo(decodeURIComponent(message))) };
    addTrailers({ ...others, "grpc-status": String(code), ...text });
  };
  response.stream.once("close", () => {
    const inHeaders = response.stream.sentHeaders?.["grpc-status"];
    const status = code ?? (inHeaders === undefined ? undefined : Number(inHeaders));
    const cancelled = status === undefined || response.stream.rstCode === 8;
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.finished({ method, code: status ?? Code.Canceled, ms, cancelled });
  });
}
