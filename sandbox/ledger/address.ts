import { decodeBase58Check } from "./base58.ts";
import { decodeSegwit, encodeSegwit } from "./bech32.ts";
import { sha256 } from "./keys.ts";
import { refuse } from "./refusal.ts";

/** The forms of output script that Pool pays to, with their weights. */
export type ScriptKind = "p2pkh" | "p2sh" | "p2wpkh" | "p2wsh" | "p2tr";

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
  const segwit = decodeSegwit(address);
  if (segwit !== undefined && Object.values(HRP).includes(segwit.hrp)) {
    if (segwit.hrp !== HRP[network]) {
      refuse(`invalid address ${address} for ${network} network`);
    }
    const { version, program } = segwit;
    const opcode = version === 0 ? 0x00 : 0x50 + version;
    const kind = version === 0 ? (program.length === 20 ? "p2wpkh" : "p2wsh") : "p2tr";
    return { kind, bytes: Uint8Array.from([opcode, program.length, ...program]) };
  }
  const legacy = decodeBase58Check(address);
  if (legacy === "checksum") {
    refuse("checksum mismatch");
  }
  if (legacy === "format" || legacy.payload.length !== 20) {
    refuse("decoded address is of unknown format");
  }
  const versions = network === "mainnet" ? BASE58_VERSIONS.main : BASE58_VERSIONS.test;
  if (legacy.version === versions.p2pkh) {
    return { kind: "p2pkh", bytes: Uint8Array.from([0x76, 0xa9, 20, ...legacy.payload, 0x88, 0xac]) };
  }
  if (legacy.version === versions.p2sh) {
    return { kind: "p2sh", bytes: Uint8Array.from([0xa9, 20, ...legacy.payload, 0x87]) };
  }
  return refuse(`invalid address ${address} for ${network} network`);
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
