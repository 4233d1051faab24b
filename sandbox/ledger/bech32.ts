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

/** Reads a segwit address. A text says why it is none, in the words of the daemon's library. */
export function decodeSegwit(text: string): WitnessProgram | string {
  if (text.length < 8) return `invalid bech32 string length ${text.length}`;
  const odd = [...text].find((char) => char < "!" || char > "~");
  if (odd !== undefined) return `invalid character in string: '${odd}'`;
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return "string not all lowercase or all uppercase";
  const split = lower.lastIndexOf("1");
  if (split < 1 || split + 7 > lower.length) return `invalid separator index ${split}`;
  const hrp = lower.slice(0, split);
  const data = lower.slice(split + 1);
  const values = [...data].map((char) => CHARSET.indexOf(char));
  if (values.includes(-1)) {
    return `invalid character not part of charset: ${data.charCodeAt(values.indexOf(-1))}`;
  }
  const residue = polymod([...expand(hrp), ...values]);
  if (residue !== RESIDUE.v0 && residue !== RESIDUE.later) {
    const [first, second] = [RESIDUE.v0, RESIDUE.later].map((each) =>
      checksum(hrp, values.slice(0, -6), each),
    );
    // The library writes the second checksum behind the first.
    return `invalid checksum (expected (bech32=${first}, bech32m=${first}${second}), got ${lower.slice(-6)})`;
  }
  return toProgram(hrp, values.slice(0, -6), residue);
}

function toProgram(
  hrp: string,
  [version, ...rest]: readonly number[],
  residue: number,
): WitnessProgram | string {
  if (version === undefined) return "no witness version";
  if (version > 16) return `invalid witness version: ${version}`;
  const program = regroup(rest, 5, 8, false);
  if (program === undefined) return "invalid incomplete group";
  const { length } = program;
  if (length < 2 || length > 40) return "invalid data length";
  if (version === 0 && length !== 20 && length !== 32) {
    return `invalid data length for witness version 0: ${length}`;
  }
  const wanted = [RESIDUE.v0, RESIDUE.later][version];
  if (wanted !== undefined && wanted !== residue) {
    const name = version === 0 ? "bech32" : "bech32m";
    return `invalid checksum expected ${name} encoding for address with witness version ${version}`;
  }
  if (version > 1) return `unsupported witness version: 0x${version.toString(16)}`;
  if (length !== 20 && length !== 32) return `unsupported witness program length: ${length}`;
  return { hrp, version, program: Uint8Array.from(program) };
}

/** The address of a witness program. */
export function encodeSegwit({ hrp, version, program }: WitnessProgram): string {
  const data = [version, ...(regroup([...program], 8, 5, true) ?? [])];
  const tail = checksum(hrp, data, version === 0 ? RESIDUE.v0 : RESIDUE.later);
  return `${hrp}1${data.map((value) => CHARSET[value]).join("")}${tail}`;
}

function checksum(hrp: string, data: readonly number[], residue: number): string {
  const check = polymod([...expand(hrp), ...data, 0, 0, 0, 0, 0, 0]) ^ residue;
  return [25, 20, 15, 10, 5, 0].map((shift) => CHARSET[(check >> shift) & 31]).join("");
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
