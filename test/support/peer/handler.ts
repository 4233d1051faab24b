import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Metadata, status } from "@grpc/grpc-js";
import type { PeerCall } from "./peer-call.ts";

/** A status to end a call with. */
export class PeerStatus extends Error {
  override readonly name = "PeerStatus";
  constructor(
    readonly code: number,
    message: string,
    readonly trailers: Metadata = new Metadata(),
  ) {
    super(message);
  }
}

/** Bytes in, bytes out; `signal` is aborted when the caller gives up. Every kind of call has this one shape. */
export type Handler = (
  requests: AsyncIterable<Uint8Array>,
  context: { readonly signal: AbortSignal; readonly call: PeerCall },
) => AsyncIterable<Uint8Array>;

/** A handler that has the method's own types. */
export function typed<I extends DescMessage, O extends DescMessage>(
  method: DescMethod & { input: I; output: O },
  handle: (
    requests: AsyncIterable<MessageShape<I>>,
    context: Parameters<Handler>[1],
  ) => AsyncIterable<MessageInitShape<O>>,
): Handler {
  return async function* (requests, context) {
    for await (const reply of handle(decodeAll(method.input, requests), context)) {
      yield toBinary(method.output, create(method.output, reply));
    }
  };
}

async function* decodeAll<I extends DescMessage>(input: I, requests: AsyncIterable<Uint8Array>) {
  for await (const bytes of requests) yield fromBinary(input, bytes);
}

/** The one request of a unary or server-streaming call. */
export async function only<T>(requests: AsyncIterable<T>): Promise<T> {
  for await (const request of requests) return request;
  throw new PeerStatus(status.INTERNAL, "the call has no request message");
}
