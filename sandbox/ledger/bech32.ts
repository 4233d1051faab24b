const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** What the checksum of a witness program leaves: bech32 for version 0, bech32m for all later ones. */
const RESIDUE = { v0: 1, later: 0x2bc830a3 };

/** A witness program: version 0 with 20 or 32 bytes, or version 1 (taproot) with 32. */
export interface WitnessProgram {
  readonly hrp: string;
  readonly version: number;
  readonly program: Uint8Array;
}

/** Reads a segwit address; undefined where the text is none. */
export function decodeSegwit(text: string): WitnessProgram | undefined {
  const lower = text.toLowerCase();
  const split = lower.lastIndexOf("1");
  if ((text !== lower && text !== text.toUpperCase()) || split < 1 || lower.length - split < 8) {
    return undefined;
  }
  const hrp = lower.slice(0, split);
  const values = [...lower.slice(split + 1)].map((char) => CHARSET.indexOf(char));
  const version = values[0] ?? -1;
  const residue = version === 0 ? RESIDUE.v0 : RESIDUE.later;
  if (values.includes(-1) || version > 16 || polymod([...expand(hrp), ...values]) !== residue) {
    return undefined;
  }
  const program = regroup(values.slice(1, -6), 5, 8, false);
  return program === undefined ? undefined : { hrp, version, program: Uint8Array.from(program) };
}

/** The address of a witness program. */
export function encodeSegwit({ hrp, version, program }: WitnessProgram): string {
  const data = [version, ...(regroup([...program], 8, 5, true) ?? [])];
  const residue = version === 0 ? RESIDUE.v0 : RESIDUE.later;
  const check = polymod([...expand(hrp), ...data, 0, 0, 0, 0, 0, 0]) ^ residue;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => (check >> shift) & 31);
  return `${hrp}1${[...data, ...tail].map((value) => CHARSET[value]).join("")}`;
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((generator, bit) => {
      check ^= (top >>> bit) & 1 ? generator : 0;
    });
  }
  return check;
}

function expand(hrp: string): number[] {
  const codes = [...hrp].map((char) => char.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function regroup(values: readonly number[], from: number, to: number, pad: boolean): number[] | undefined {
  let buffer = 0;
  let bits = 0;
  const out: number[] = [];
  for (const value of values) {
    buffer = ((buffer << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((buffer >> bits) & ((1 << to) - 1));
    }
  }
  if (pad) {
    return bits > 0 ? [...out, (buffer << (to - bits)) & ((1 << to) - 1)] : out;
  }
  const padding = buffer & ((1 << bits) - 1);
  return bits < from && padding === 0 ? out : undefined;
}
