import type { LedgerOutPoint } from "./account.ts";
import { sha256 } from "./keys.ts";

/** One output: satoshis and the script they go to. */
export interface TxOutput {
  readonly value: bigint;
  readonly script: Uint8Array;
}

/** A transaction without its witnesses, serialized, with its id in internal byte order. */
export interface Transaction {
  readonly bytes: Uint8Array;
  readonly txid: Uint8Array;
}

/** Serializes version 2, lock time 0, as it is hashed for the id. */
export function buildTransaction(
  inputs: readonly LedgerOutPoint[],
  outputs: readonly TxOutput[],
): Transaction {
  const bytes = Buffer.concat([
    uint32(2),
    varint(inputs.length),
    ...inputs.flatMap((input) => [input.txid, uint32(input.index), varint(0), uint32(0)]),
    varint(outputs.length),
    ...outputs.flatMap((output) => [uint64(output.value), varint(output.script.length), output.script]),
    uint32(0),
  ]);
  return { bytes: Uint8Array.from(bytes), txid: sha256(sha256(bytes)) };
}

/** A txid as people read it: reversed hex. */
export function displayTxid(txid: Uint8Array): string {
  return Buffer.from(txid).reverse().toString("hex");
}

export function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

export function uint64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}

function varint(value: number): Buffer {
  if (value < 0xfd) {
    return Buffer.from([value]);
  }
  const buffer = Buffer.alloc(3);
  buffer.writeUInt8(0xfd);
  buffer.writeUInt16LE(value, 1);
  return buffer;
}
