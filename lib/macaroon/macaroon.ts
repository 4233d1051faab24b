import { base64Decode } from "@bufbuild/protobuf/wire";

/** A restriction that a macaroon carries. A third party's is opaque bytes: only its location can be told. */
export interface Caveat {
  readonly kind: "first-party" | "third-party";
  /** The condition (`time-before 2030-01-01T00:00:00Z`), or where the third party is. */
  readonly text: string;
}

/** A caveat in one line. */
export function describeCaveat({ kind, text }: Caveat): string {
  return kind === "first-party" ? text : `needs a discharge from ${text === "" ? "a third party" : text}`;
}

/** What a macaroon says without its secret: the signature is left out. */
export interface Macaroon {
  readonly version: 1 | 2;
  readonly location: string;
  readonly identifier: Uint8Array;
  readonly caveats: readonly Caveat[];
}

/** A macaroon, and its binary form: what is sent. `binary` holds the signature and is a secret. */
export interface MacaroonReading {
  readonly macaroon: Macaroon;
  readonly binary: Uint8Array;
}

/**
 * Reads the macaroon that a file or a text holds: V2 or V1 in binary, or either of them as hex or base64. Undefined where
 * it holds none, is cut, or goes on after the signature. Only the form is looked at: whether it is any good, the daemon
 * knows.
 */
export function readMacaroon(bytes: Uint8Array): MacaroonReading | undefined {
  for (const binary of [bytes, ...decodedText(bytes)]) {
    const macaroon = readV2(binary) ?? readV1(binary);
    if (macaroon !== undefined) return { macaroon, binary };
  }
  return undefined;
}

/** Longer texts are no macaroon, and are not worth decoding. */
const MOST_TEXT = 64 << 10;

function decodedText(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length === 0 || bytes.length > MOST_TEXT) return [];
  const text = new TextDecoder("latin1").decode(bytes).trim();
  if (/^(?:[0-9a-fA-F]{2})+$/.test(text)) {
    return [Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))];
  }
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return [];
  try {
    return [base64Decode(text)];
  } catch {
    return [];
  }
}

const LOCATION = 1;
const IDENTIFIER = 2;
const VERIFICATION_ID = 4;
const SIGNATURE = 6;

/**
 * Version byte 2, then sections of fields (type, length, value), each closed by a 0: the macaroon's own, one for each
 * caveat, an empty one; and a signature of 32 bytes at the very end.
 */
function readV2(bytes: Uint8Array): Macaroon | undefined {
  if (bytes[0] !== 2) return undefined;
  const sections: Map<number, Uint8Array>[] = [new Map()];
  for (let at = 1; at < bytes.length; ) {
    const type = bytes[at++] ?? 0;
    if (type === 0) {
      sections.push(new Map());
      continue;
    }
    const length = readVarint(bytes, at);
    if (length === undefined || length.next + length.value > bytes.length) return undefined;
    const value = bytes.subarray(length.next, length.next + length.value);
    at = length.next + length.value;
    if (type === SIGNATURE) {
      if (length.value !== 32 || at !== bytes.length) return undefined;
      return ofSections(sections);
    }
    sections.at(-1)?.set(type, value);
  }
  return undefined;
}

function ofSections([own, ...rest]: readonly Map<number, Uint8Array>[]): Macaroon | undefined {
  const identifier = own?.get(IDENTIFIER);
  if (identifier === undefined) return undefined;
  const caveats = rest
    .filter((section) => section.size > 0)
    .map((section) => caveat(section.get(LOCATION), section.get(IDENTIFIER), section.has(VERIFICATION_ID)));
  return { version: 2, location: toText(own?.get(LOCATION)), identifier, caveats };
}

function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start, shift = 0; at < bytes.length && shift < 28; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}

/**
 * Packets (`0012identifier id` and a line feed) that open with their own length in four hex digits: `location` first,
 * `signature` last; a caveat is a `cid`, with a `vid` and a `cl` where it is a third party's.
 */
function readV1(bytes: Uint8Array): Macaroon | undefined {
  const latin1 = new TextDecoder("latin1");
  const packets: { name: string; value: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const digits = latin1.decode(bytes.subarray(at, at + 4));
    const length = /^[0-9a-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
    const space = bytes.indexOf(0x20, at + 4);
    if (length < 5 || at + length > bytes.length || space < 0 || space >= at + length) return undefined;
    packets.push({
      name: latin1.decode(bytes.subarray(at + 4, space)),
      value: bytes.subarray(space + 1, at + length - 1),
    });
    at += length;
  }
  if (packets[0]?.name !== "location" || packets.at(-1)?.name !== "signature") return undefined;
  const identifier = packets.find(({ name }) => name === "identifier")?.value;
  if (identifier === undefined) return undefined;
  const caveats = packets.flatMap(({ name, value }, index) => {
    if (name !== "cid") return [];
    const third = packets[index + 1]?.name === "vid";
    return [caveat(third ? packets[index + 2]?.value : undefined, value, third)];
  });
  return { version: 1, location: toText(packets[0]?.value), identifier, caveats };
}

function caveat(location: Uint8Array | undefined, id: Uint8Array | undefined, isThird: boolean): Caveat {
  return isThird
    ? { kind: "third-party", text: toText(location) }
    : { kind: "first-party", text: toText(id) };
}

function toText(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}
