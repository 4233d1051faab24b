import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { ScriptKind } from "./address.ts";
import { refuse } from "./refusal.ts";

/** The lowest fee rate that nodes relay, in sat/kw. */
export const FEE_FLOOR = 253n;

/** Weight units of an output, from its serialized size. */
const OUTPUT_WEIGHT: Readonly<Record<ScriptKind, bigint>> = {
  p2pk: 176n,
  p2pkh: 136n,
  p2sh: 128n,
  p2wpkh: 124n,
  p2wsh: 172n,
  p2tr: 172n,
};

/** Version, lock time, segwit marker and the two counts. */
const TX_OVERHEAD = 42n;
/** An outpoint, an empty script and a sequence number. */
const INPUT = 164n;

/** Weight units of the witness that spends an account together with the auctioneer, or alone after its expiry. */
const WITNESS = { legacy: 229n, taproot: 66n, legacyExpired: 155n, taprootExpired: 140n } as const;

/** Virtual bytes of a wallet input, an account output and taproot change, as lnd's wallet counts them. */
const CREATE_SIZE = 165n;
/** What the wallet adds to a deposit: its own input, a template of the account and change. */
const DEPOSIT_WALLET_SIZE = 153n;

const DUST_LIMITS: Readonly<Record<ScriptKind, bigint>> = {
  p2pk: 576n,
  p2pkh: 546n,
  p2sh: 540n,
  p2wpkh: 294n,
  p2wsh: 330n,
  p2tr: 330n,
};

/** Fee rate in sat/kw times weight, rounded down as Pool does. */
function feeForWeight(feeRate: bigint, weight: bigint): bigint {
  return (feeRate * weight) / 1000n;
}

/**
 * What the simulated chain asks for to confirm within so many blocks, in sat/kw, where `slow` is enough within six.
 * Refuses what lnd refuses.
 */
export function estimateFeeRate(confTarget: number, slow: bigint): bigint {
  if (confTarget < 2) {
    refuse("confirmation target must be greater than 1");
  }
  // At the floor: 2,500, 1,250, 750 and 500 sat/kw.
  const steps: readonly [number, bigint][] = [
    [2, 2500n],
    [3, 1250n],
    [4, 750n],
    [5, 500n],
  ];
  const step = steps.find(([target]) => confTarget <= target)?.[1] ?? FEE_FLOOR;
  return (step * slow) / FEE_FLOOR;
}

/** Chain fee of the transaction that funds a new account. */
export function createFee(feeRate: bigint): bigint {
  return feeForWeight(feeRate, 4n * CREATE_SIZE);
}

/**
 * Chain fee of a deposit into an account that now has this version. For the wallet's part Pool asks for whole sat/vbyte:
 * the fraction is lost.
 */
export function depositFee(feeRate: bigint, version: AccountVersion): bigint {
  const accountInput = TX_OVERHEAD + INPUT + witness(version, false);
  const perVbyte = (4n * feeRate) / 1000n;
  return feeForWeight(feeRate, accountInput) + perVbyte * DEPOSIT_WALLET_SIZE;
}

/** Chain fee of spending an account into a new output of itself and the outputs given: withdrawal, renewal. */
export function modifyFee(feeRate: bigint, version: AccountVersion, outputs: readonly ScriptKind[]): bigint {
  return feeForWeight(feeRate, spendWeight(version, false, ["p2tr", ...outputs]));
}

/**
 * Chain fee of closing an account to one output. Like Pool's it forgets the weight of outputs to a public key's hash, so
 * that such a close at the lowest rates is not relayed.
 */
export function closeFee(
  feeRate: bigint,
  version: AccountVersion,
  expired: boolean,
  output: ScriptKind,
): bigint {
  return feeForWeight(feeRate, spendWeight(version, expired, output === "p2pkh" ? [] : [output]));
}

/** The least that nodes want for relaying such a spend of an account. */
export function relayFee(version: AccountVersion, expired: boolean, outputs: readonly ScriptKind[]): bigint {
  return feeForWeight(FEE_FLOOR, spendWeight(version, expired, outputs));
}

/** Whether a wallet would find such an output not worth its own fee: below the default relay limits. */
export function isDust(value: bigint, kind: ScriptKind): boolean {
  return value < DUST_LIMITS[kind];
}

/** A trader's part of a batch transaction with so many channels; those are paid half by each side. */
export function traderFee(channels: bigint, feeRate: bigint, version: AccountVersion): bigint {
  const bytes = 43n + 41n + (43n * channels + 1n) / 2n;
  return feeForWeight(feeRate, bytes * 4n + witness(version, false));
}

function spendWeight(version: AccountVersion, expired: boolean, outputs: readonly ScriptKind[]): bigint {
  const out = outputs.reduce((sum, kind) => sum + OUTPUT_WEIGHT[kind], 0n);
  return TX_OVERHEAD + INPUT + witness(version, expired) + out;
}

function witness(version: AccountVersion, expired: boolean): bigint {
  if (version === AccountVersion.LEGACY) {
    return expired ? WITNESS.legacyExpired : WITNESS.legacy;
  }
  return expired ? WITNESS.taprootExpired : WITNESS.taproot;
}
