import {
  type DescMethod,
  type DescMethodServerStreaming,
  fromBinary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import { type Empty, EmptySchema } from "@bufbuild/protobuf/wkt";

/**
 * The same method with messages that the transport does not look into. All fields of a message are unknown to
 * `Empty`, and unknown fields are kept as they came: so the bytes that the editor encoded are the bytes that are
 * sent, and the bytes of a reply can be shown, saved and decoded elsewhere. Unary methods go as server streams: the
 * wire is the same, and headers are seen before the message.
 */
export function opaqueMethod(
  method: DescMethod,
): DescMethodServerStreaming<typeof EmptySchema, typeof EmptySchema> {
  return { ...method, methodKind: "server_streaming", input: EmptySchema, output: EmptySchema };
}

export function toOpaque(wire: Uint8Array): Empty {
  return fromBinary(EmptySchema, wire);
}

export function fromOpaque(message: Message): Uint8Array {
  return toBinary(EmptySchema, message as Empty);
}
