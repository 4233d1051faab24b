import { decodeBase58Check } from "./base58.ts";
import { decodeSegwit, encodeSegwit } from "./bech32.ts";
import { fromHex, sha256, toHex } from "./keys.ts";
import { refuse } from "./refusal.ts";

/** The forms of output script that Pool pays to, with their weights. */
export type ScriptKind = "p2pk" | "p2pkh" | "p2sh" | "p2wpkh" | "p2wsh" | "p2tr";

/** An output script and what kind it is. */
export interface Script {
  readonly kind: ScriptKind;
  readonly bytes: Uint8Array;
}

const HRP: Readonly<Record<string, string>> = {
  mainnet: "bc",
  testnet: "tb",
  signet: "tb",
  simnet: "sb",
  regtest: "bcrt",
};
const BASE58_VERSIONS = { main: { p2pkh: 0x00, p2sh: 0x05 }, test: { p2pkh: 0x6f, p2sh: 0xc4 } };

/** The script that an address of this network pays to. Refuses others as the daemon does. */
export function scriptOf(address: string, network: string): Script {
  const hrp = address.slice(0, Math.max(address.lastIndexOf("1"), 0)).toLowerCase();
  if (Object.values(HRP).includes(hrp)) {
    const segwit = decodeSegwit(address);
    if (typeof segwit === "string") {
      return refuse(segwit);
    }
    if (segwit.hrp !== HRP[network]) {
      refuse(`invalid address ${address} for ${network} network`);
    }
    const { version, program } = segwit;
    const opcode = version === 0 ? 0x00 : 0x50 + version;
    const kind = version === 0 ? (program.length === 20 ? "p2wpkh" : "p2wsh") : "p2tr";
    return { kind, bytes: Uint8Array.from([opcode, program.length, ...program]) };
  }
  if (address.length === 66 || address.length === 130) {
    return keyScript(address);
  }
  const legacy = decodeBase58Check(address);
  if (legacy === "checksum") {
    refuse("checksum mismatch");
  }
  if (legacy === "format") {
    refuse("decoded address is of unknown format");
  }
  if (legacy.payload.length !== 20) {
    refuse("decoded address is of unknown size");
  }
  const versions = network === "mainnet" ? BASE58_VERSIONS.main : BASE58_VERSIONS.test;
  if (legacy.version === versions.p2pkh) {
    return { kind: "p2pkh", bytes: Uint8Array.from([0x76, 0xa9, 20, ...legacy.payload, 0x88, 0xac]) };
  }
  if (legacy.version === versions.p2sh) {
    return { kind: "p2sh", bytes: Uint8Array.from([0xa9, 20, ...legacy.payload, 0x87]) };
  }
  return refuse("unknown address type");
}

/** A public key in hex is an address too: of an output that the key itself can spend, which Pool pays nothing to. */
function keyScript(hex: string): Script {
  const wrong = /[^0-9a-fA-F]/.exec(hex)?.[0];
  if (wrong !== undefined) {
    const point = wrong.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    refuse(`encoding/hex: invalid byte: U+${point} '${wrong}'`);
  }
  const key = fromHex(hex);
  return { kind: "p2pk", bytes: Uint8Array.from([key.length, ...key, 0xac]) };
}

/** A script's operations in words. */
export function disassemble({ kind, bytes }: Script): string {
  switch (kind) {
    case "p2pk":
      return `${toHex(bytes.subarray(1, -1))} OP_CHECKSIG`;
    case "p2pkh":
      return `OP_DUP OP_HASH160 ${toHex(bytes.subarray(3, -2))} OP_EQUALVERIFY OP_CHECKSIG`;
    case "p2sh":
      return `OP_HASH160 ${toHex(bytes.subarray(2, -1))} OP_EQUAL`;
    case "p2wpkh":
    case "p2wsh":
    case "p2tr":
      return `${kind === "p2tr" ? 1 : 0} ${toHex(bytes.subarray(2))}`;
  }
}

/** The n-th address of the sandbox's own wallet on a network. */
export function walletAddress(network: string, n: number): string {
  const program = sha256(`pool-playground wallet ${n}`).subarray(0, 20);
  return encodeSegwit({ hrp: HRP[network] ?? "bcrt", version: 0, program });
}

/** A taproot output to a key: the form of accounts since version 1. */
export function taprootScript(key: Uint8Array): Script {
  return { kind: "p2tr", bytes: Uint8Array.from([0x51, 32, ...key.subarray(-32)]) };
}

/** A witness script hash output: legacy accounts and all channels. */
export function witnessScript(content: Uint8Array): Script {
  return { kind: "p2wsh", bytes: Uint8Array.from([0x00, 32, ...sha256(content)]) };
}
