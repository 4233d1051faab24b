import { BinaryReader, base64Decode } from "@bufbuild/protobuf/wire";
import type { MetadataEntry } from "../call/call.ts";
import type { RunError } from "../call/run-event.ts";

const DETAILS = "grpc-status-details-bin";

/** The details in a call's trailers: those of a `google.rpc.Status`; none where there is none that can be read. */
export function errorDetails(trailers: readonly MetadataEntry[]): RunError["details"] {
  const encoded = trailers.find(({ name }) => name === DETAILS)?.value;
  if (encoded === undefined) return [];
  try {
    // Field 3: google.protobuf.Any details, each with 1: type_url and 2: value.
    return bytesFields(base64Decode(encoded), 3).map((any) => {
      const url = new TextDecoder().decode(bytesFields(any, 1).at(-1) ?? new Uint8Array());
      return {
        type: url.slice(url.lastIndexOf("/") + 1),
        value: bytesFields(any, 2).at(-1) ?? new Uint8Array(),
      };
    });
  } catch {
    return [];
  }
}

/** The length-delimited values of one field of a message, in their order. */
function bytesFields(message: Uint8Array, wanted: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted && type === 2) found.push(reader.bytes());
    else reader.skip(type, field);
  }
  return found;
}
