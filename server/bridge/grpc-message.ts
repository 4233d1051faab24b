/** Text as `grpc-message` carries it: UTF-8 with all but printable ASCII, and `%`, as `%XX`. */
export function encodeGrpcMessage(text: string): string {
  let out = "";
  for (const byte of Buffer.from(text, "utf8")) {
    out +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

/** The text in a `grpc-message`. What is not a valid escape stays as it is, as the gRPC specification asks. `value` has a character for each byte. */
export function decodeGrpcMessage(value: string): string {
  if (/^[^%\x80-\xff]*$/.test(value)) return value;
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const triplet = value.slice(at, at + 3);
    if (/^%[0-9a-fA-F]{2}$/.test(triplet)) {
      bytes.push(Number.parseInt(triplet.slice(1), 16));
      at += 2;
    } else {
      bytes.push(value.charCodeAt(at) & 0xff);
    }
  }
  return Buffer.from(bytes).toString("utf8");
}
