import type { DescMethod } from "@bufbuild/protobuf";
import type { StreamKind } from "../call/call.ts";

/** protobuf-es' method kind in gRPC's usual words. */
export function streamKind(method: DescMethod): StreamKind {
  switch (method.methodKind) {
    case "unary":
      return "unary";
    case "server_streaming":
      return "server-streaming";
    case "client_streaming":
      return "client-streaming";
    case "bidi_streaming":
      return "bidi-streaming";
  }
}
