/** Where a macaroon in the second binary format ends, or what is wrong with its form, in the words of Go's library. */
export type BinaryForm = { readonly end: number } | { readonly error: string };

const FIELD = { end: 0, location: 1, identifier: 2, verificationId: 4, signature: 6 } as const;
const SIGNATURE_BYTES = 32;
const MOST = 0x7fffffff;

interface Field {
  readonly type: number;
  readonly length: number;
}

class BadForm extends Error {}

/** Looks at the form alone. What stands behind the signature does not matter. */
export function readBinaryForm(bytes: Uint8Array): BinaryForm {
  try {
    return { end: readForm(bytes) };
  } catch (error) {
    if (error instanceof BadForm) return { error: error.message };
    throw error;
  }
}

function readForm(bytes: Uint8Array): number {
  let at = 1;
  const number = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at];
      if (byte === undefined) throw new BadForm("varint value extends past end of buffer");
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      if (factor > MOST) throw new BadForm("varint value out of range");
    }
    if (value > MOST) throw new BadForm("varint value out of range");
    return value;
  };
  const field = (): Field => {
    const type = number();
    if (type === FIELD.end) return { type, length: 0 };
    const length = number();
    if (at + length > bytes.length) throw new BadForm("field data extends past end of buffer");
    at += length;
    return { type, length };
  };
  const section = (): Field[] => {
    const fields: Field[] = [];
    for (;;) {
      if (at >= bytes.length) throw new BadForm("section extends past end of buffer");
      const next = field();
      if (next.type === FIELD.end) return fields;
      if (next.type <= (fields.at(-1)?.type ?? -1)) throw new BadForm("fields out of order");
      fields.push(next);
    }
  };
  const header = section().map(({ type }) => type);
  if (
    header.at(-1) !== FIELD.identifier ||
    header.length > 2 ||
    (header.length === 2 && header[0] !== FIELD.location)
  ) {
    throw new BadForm("invalid macaroon header");
  }
  for (let caveat = section(); caveat.length > 0; caveat = section()) checkCaveat(caveat);
  const signature = field();
  if (signature.type !== FIELD.signature) throw new BadForm("unexpected field found instead of signature");
  if (signature.length !== SIGNATURE_BYTES) throw new BadForm("signature has unexpected length");
  return at;
}

function checkCaveat(fields: readonly Field[]): void {
  const [location, ...rest] = fields[0]?.type === FIELD.location ? fields : [undefined, ...fields];
  if (rest[0]?.type !== FIELD.identifier) throw new BadForm("no identifier in caveat");
  if (rest.length === 1 && (location?.length ?? 0) > 0) {
    throw new BadForm("location not allowed in first party caveat");
  }
  if (rest.length > 2) throw new BadForm("extra fields found in caveat");
  if (rest.length === 2 && rest[1]?.type !== FIELD.verificationId) {
    throw new BadForm("invalid field found in caveat");
  }
}
