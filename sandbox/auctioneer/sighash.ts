import { schnorr } from "@noble/curves/secp256k1.js";
import { sha256 } from "../ledger/keys.ts";
import { type TxOutput, uint32, uint64 } from "../ledger/transaction.ts";
import type { SpentOutput, UnsignedTransaction } from "./transaction.ts";

/** What a signature of `SIGHASH_ALL` for an input with a witness script signs (BIP 143). */
export function witnessDigest(tx: UnsignedTransaction, index: number, witnessScript: Uint8Array): Uint8Array {
  const input = inputAt(tx, index);
  return doubled(
    uint32(2),
    doubled(...tx.inputs.map(outpoint)),
    doubled(...tx.inputs.map(() => uint32(0))),
    outpoint(input),
    Buffer.from([witnessScript.length]),
    witnessScript,
    uint64(input.value),
    uint32(0),
    doubled(...tx.outputs.map(serialized)),
    uint32(0),
    uint32(1),
  );
}

/** What a signature of a Taproot output's key over the whole transaction signs (BIP 341). */
export function taprootDigest(tx: UnsignedTransaction, index: number): Uint8Array {
  inputAt(tx, index);
  return schnorr.utils.taggedHash(
    "TapSighash",
    Buffer.from([0, 0]),
    uint32(2),
    uint32(0),
    sha256(...tx.inputs.map(outpoint)),
    sha256(...tx.inputs.map(({ value }) => uint64(value))),
    sha256(...tx.inputs.map(({ script }) => Buffer.concat([Buffer.from([script.length]), script]))),
    sha256(...tx.inputs.map(() => uint32(0))),
    sha256(...tx.outputs.map(serialized)),
    Buffer.from([0]),
    uint32(index),
  );
}

function inputAt(tx: UnsignedTransaction, index: number): SpentOutput {
  const input = tx.inputs[index];
  if (input === undefined) throw new RangeError(`the transaction has no input ${index}`);
  return input;
}

function doubled(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(sha256(...parts));
}

function outpoint({ txid, index }: Pick<SpentOutput, "txid" | "index">): Uint8Array {
  return Buffer.concat([txid, uint32(index)]);
}

function serialized({ value, script }: TxOutput): Uint8Array {
  return Buffer.concat([uint64(value), Buffer.from([script.length]), script]);
}
