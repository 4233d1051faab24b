import { createRegistry, type Registry } from "@bufbuild/protobuf";
import {
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import type { BytesForm } from "../call/call.ts";
import type { RunError } from "../call/run-event.ts";
import { toHex } from "../schema/bytes-text.ts";
import { writeReply } from "../schema/reply-text.ts";
import { rpcTypes } from "./rpc-types.ts";

/** A message that the server attached to an error. */
export type ErrorDetail =
  | { readonly kind: "known"; readonly type: string; readonly text: string }
  /** Its type is not known here, or its bytes are none of that type. */
  | { readonly kind: "unknown"; readonly type: string; readonly hex: string };

/** Types that may stand alone in an error. */
const WELL_KNOWN = [
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
] as const;

/** What is attached to an error, decoded by the method's own types and those of `google.rpc`. */
export function errorDetails(error: RunError, own: Registry, bytes: BytesForm): readonly ErrorDetail[] {
  const registry = createRegistry(own, rpcTypes(), ...WELL_KNOWN);
  return error.details.map(({ type, value }) => {
    const desc = registry.getMessage(type);
    const reading =
      desc === undefined ? null : writeReply(desc, value, { bytes, registry, emitDefaults: false });
    return reading?.kind === "ok"
      ? { kind: "known", type, text: reading.text }
      : { kind: "unknown", type, hex: toHex(value) };
  });
}
