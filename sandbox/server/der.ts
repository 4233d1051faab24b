/** The few DER encoders that a self-signed certificate needs. Each returns one complete element. */

/** Any element: its tag byte and its content. */
function element(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body]);
}

function length(size: number): number[] {
  if (size < 0x80) {
    return [size];
  }
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

/** SEQUENCE. */
export function sequence(...items: Uint8Array[]): Buffer {
  return element(0x30, ...items);
}

/** SET of one item. */
export function set(item: Uint8Array): Buffer {
  return element(0x31, item);
}

/** A positive INTEGER from its big-endian bytes. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const trimmed = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return (trimmed[0] ?? 0) >= 0x80 ? element(0x02, Buffer.from([0]), trimmed) : element(0x02, trimmed);
}

/** BOOLEAN. */
export function boolean(value: boolean): Buffer {
  return element(0x01, Buffer.from([value ? 0xff : 0x00]));
}

/** BIT STRING; `unused` bits at the end of the last byte do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), bytes);
}

/** OCTET STRING. */
export function octetString(bytes: Uint8Array): Buffer {
  return element(0x04, bytes);
}

/** UTF8String. */
export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text, "utf8"));
}

/** UTCTime, good until 2049. */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`, "ascii"));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A context-specific tag; constructed ones wrap elements, primitive ones replace another tag. */
export function contextTag(number: number, constructed: boolean, content: Uint8Array): Buffer {
  return element(0x80 | (constructed ? 0x20 : 0) | number, content);
}

/** The 4 or 16 bytes of 127.0.0.1 or ::1 style addresses; of IPv6 only the form `::` and a last group. */
export function ipAddress(text: string): Buffer {
  if (!text.startsWith("::")) {
    return Buffer.from(text.split(".").map(Number));
  }
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(Number.parseInt(text.slice(2), 16), 14);
  return bytes;
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) {
    bytes.unshift((rest & 0x7f) | 0x80);
  }
  return bytes;
}
