import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { toHex } from "./bytes-text.ts";
import { type DecodedReply, decodeReply } from "./decode-reply.ts";
import { writeMessage } from "./message-text.ts";

export interface ReplyOptions {
  /** How `bytes` fields are written. */
  readonly bytes: BytesForm;
  /** Types for `google.protobuf.Any`. */
  readonly registry: Registry;
  /** Write fields at their default too, where the type cannot tell unset from default. True unless said otherwise. */
  readonly emitDefaults?: boolean;
}

/** A field that the descriptors do not know, as it was on the wire. */
export interface UnknownField {
  /** The message that holds it: `asks[2].details`; empty for the reply itself. */
  readonly path: string;
  readonly number: number;
  /** 0 varint, 1 64-bit, 2 length-delimited, 5 32-bit. */
  readonly wireType: number;
  readonly hex: string;
}

export type ReplyReading =
  | {
      readonly kind: "ok";
      readonly text: string;
      readonly unknown: readonly UnknownField[];
      /** There are more unknown fields than are read (`MOST_UNKNOWN`): none of them is told of. */
      readonly unread: boolean;
    }
  /** The bytes are no message of the type. */
  | { readonly kind: "malformed"; readonly message: string };

/**
 * A reply as ProtoJSON with field names as in the proto file, 64-bit integers as strings and enums by name, in
 * lines of two spaces a level. `readRequest` with the same options reads it back to the same message.
 */
export function writeReply(desc: DescMessage, wire: Uint8Array, options: ReplyOptions): ReplyReading {
  let decoded: DecodedReply;
  try {
    decoded = decodeReply(desc, wire);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "malformed", message: `The reply is no ${desc.typeName}: ${reason}.` };
  }
  const unknown: UnknownField[] = [];
  const text = writeMessage(desc, decoded.message, {
    bytes: options.bytes,
    registry: options.registry,
    emitDefaults: options.emitDefaults ?? true,
    onUnknown: (path, field) =>
      unknown.push({ path, number: field.no, wireType: field.wireType, hex: toHex(field.data) }),
  });
  return { kind: "ok", text, unknown, unread: decoded.unread };
}
