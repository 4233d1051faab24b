import { sameBytes, sha256 } from "../ledger/keys.ts";
import { buildTransaction, type TxOutput } from "../ledger/transaction.ts";

/** An output that a transaction spends. The txid is in internal byte order. */
export interface SpentOutput {
  readonly txid: Uint8Array;
  readonly index: number;
  readonly value: bigint;
  readonly script: Uint8Array;
}

/** A transaction without witnesses, its inputs and outputs in the order of BIP 69. */
export interface UnsignedTransaction {
  readonly inputs: readonly SpentOutput[];
  readonly outputs: readonly TxOutput[];
  readonly bytes: Uint8Array;
  /** In internal byte order. The same before and after signing, as only witnesses are added. */
  readonly txid: Uint8Array;
}

/** Both sides of a batch arrive at the same transaction because its inputs and outputs have one order. */
export function sortedTransaction(
  spent: readonly SpentOutput[],
  created: readonly TxOutput[],
): UnsignedTransaction {
  const inputs = [...spent].sort(
    (a, b) => Buffer.compare(reversed(a.txid), reversed(b.txid)) || a.index - b.index,
  );
  const outputs = [...created].sort(
    (a, b) => Number(a.value - b.value) || Buffer.compare(a.script, b.script),
  );
  return { inputs, outputs, ...buildTransaction(inputs, outputs) };
}

/** The index of the output that pays to the script, or -1. */
export function findOutput(transaction: UnsignedTransaction, script: Uint8Array): number {
  return transaction.outputs.findIndex((output) => sameBytes(output.script, script));
}

/** `5120` and the x coordinate: what a Taproot account pays to. */
export function taprootScript(publicKey: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([0x51, 0x20]), publicKey.subarray(1, 33)]);
}

/** `0020` and a hash: what a channel's funding output and a legacy account pay to. */
export function witnessScriptHash(witnessScript: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([0x00, 0x20]), sha256(witnessScript)]);
}

/** The 2-of-2 of a channel's funding, its keys in the order that BIP 67 gives them. */
export function fundingScript(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [first, second] = Buffer.compare(a, b) < 0 ? [a, b] : [b, a];
  const push = Buffer.from([33]);
  return Buffer.concat([Buffer.from([0x52]), push, first, push, second, Buffer.from([0x52, 0xae])]);
}

/** The outputs of a serialized transaction, with or without witnesses. Throws a RangeError where it is cut off. */
export function readOutputs(bytes: Uint8Array): readonly TxOutput[] {
  const buffer = Buffer.from(bytes);
  let at = 4;
  const size = (): number => {
    const first = buffer.readUInt8(at++);
    if (first < 0xfd) return first;
    const width = first === 0xfd ? 2 : 4;
    at += width;
    return buffer.readUIntLE(at - width, width);
  };
  if (buffer.readUInt16BE(at) === 1) at += 2;
  for (let left = size(); left > 0; left -= 1) {
    at += 36;
    const length = size();
    at += length + 4;
  }
  return Array.from({ length: size() }, () => {
    const value = buffer.readBigUInt64LE(at);
    at += 8;
    const length = size();
    at += length;
    return { value, script: Uint8Array.from(buffer.subarray(at - length, at)) };
  });
}

function reversed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).reverse();
}
