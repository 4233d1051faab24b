import { create } from "@bufbuild/protobuf";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  AccountDiff_AccountState,
  AuctionAccountState,
  type MatchedOrder,
  MatchedOrderSchema,
  OrderChannelType,
  type OrderMatchPrepare,
  OrderMatchPrepareSchema,
  type OrderMatchSignBegin,
  OrderMatchSignBeginSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import { lumpSumPremium, UNIT } from "../../lib/auction/premium.ts";
import { traderFee } from "../ledger/chain-fees.ts";
import { batchKey, privateKey, publicKey, sameBytes, sha256, toHex } from "../ledger/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { isActiveOrder, RATED_NODES } from "../ledger/market.ts";
import { executionFee } from "../ledger/premium.ts";
import { accountOutput, type TraderAccount } from "./trader-account.ts";
import {
  findOutput,
  fundingScript,
  sortedTransaction,
  taprootScript,
  type UnsignedTransaction,
  witnessScriptHash,
} from "./transaction.ts";

/** A batch of one match, in which the trader meets an imaginary counterparty. */
export interface ExampleBatch {
  readonly batchId: Uint8Array;
  readonly prepare: OrderMatchPrepare;
  readonly signBegin: OrderMatchSignBegin;
  readonly txid: Uint8Array;
}

/** What one side brings to the match. Rates are parts per billion per block. */
export interface MatchedSide {
  readonly kind: "ask" | "bid";
  readonly nonce: Uint8Array;
  readonly rate: number;
  readonly leaseDuration: number;
  readonly unitsLeft: number;
  readonly minUnits: number;
  readonly multiSigKey: Uint8Array;
}

/** A first batch with a large order stays readable. */
const MOST_UNITS = 10;
const ORDER_VERSION = 5;

/** The orders of the account that a batch could fill, oldest first. */
export function openOrders(ledger: Pick<Ledger, "orders">, account: TraderAccount): readonly MatchedSide[] {
  return ledger
    .orders()
    .filter((order) => isActiveOrder(order.state) && sameBytes(order.traderKey, account.traderKey))
    .map((order) => ({
      kind: order.side.kind,
      nonce: order.nonce,
      rate: order.rateFixed,
      leaseDuration: order.leaseDuration,
      unitsLeft: order.unitsUnfulfilled,
      minUnits: order.minUnitsMatch,
      multiSigKey: publicKey(`multisig ${toHex(order.nonce)}`, 0),
    }));
}

/** The demo trader's bid: 500,000 sat for two weeks. */
export const DEMO_BID: MatchedSide = {
  kind: "bid",
  nonce: sha256("pool-playground demo bid"),
  rate: 4_960,
  leaseDuration: 2_016,
  unitsLeft: 5,
  minUnits: 1,
  multiSigKey: publicKey("demo multisig", 0),
};

/**
 * The batch with this number. `account` is null for the recipient of a sidecar channel, who has none. Undefined
 * where the account cannot take part: it is not open, or its balance does not cover the smallest match.
 */
export function exampleBatch(
  ledger: Pick<Ledger, "height" | "terms" | "auctioneerKey">,
  account: TraderAccount | null,
  order: MatchedSide,
  at: { readonly number: number; readonly batchVersion: number },
): ExampleBatch | undefined {
  if (account !== null && account.state !== AuctionAccountState.STATE_OPEN) return undefined;
  const terms = ledger.terms();
  const feeRate = terms.nextBatchFeeRateSatPerKw;
  const price = order.kind === "bid" ? order.rate : Math.ceil((order.rate * 5) / 4);
  const balanceAfter = (side: "ask" | "bid", value: bigint, version: number, amount: bigint): bigint => {
    const paid = lumpSumPremium(amount, price, order.leaseDuration);
    const costs = executionFee(amount) + chainFee(1n, feeRate, version);
    return side === "bid" ? value - paid - costs : value - amount + paid - costs;
  };
  const units = largestMatch(order, (amount) =>
    account === null ? UNIT : balanceAfter(order.kind, account.value, account.version, amount),
  );
  if (units === undefined) return undefined;
  const amount = BigInt(units) * UNIT;

  // Where the recipient has no account, the one who pays for its channel is as imaginary as the seller.
  const payer = account ?? stranger("sidecar provider", at.number);
  const other = stranger("counterparty", at.number);
  const otherSide = order.kind === "bid" ? "ask" : "bid";
  const otherKey = publicKey("counterparty multisig", at.number);
  const ending = balanceAfter(order.kind, payer.value, payer.version, amount);
  const otherEnding = balanceAfter(otherSide, other.value, other.version, amount);
  const fund = { value: 50_000_000n, script: taprootScript(ledger.auctioneerKey) };
  const earned = 2n * executionFee(amount) - chainFee(0n, feeRate, 1);
  const accountScript = accountOutput(payer.traderKey, payer.version, at.number + 1);
  const transaction = sortedTransaction(
    [
      { ...outpointOf(payer), value: payer.value, script: payer.script },
      { ...outpointOf(other), value: other.value, script: other.script },
      { txid: sha256(`auctioneer fund ${at.number}`), index: 0, ...fund },
    ],
    [
      { value: ending, script: accountScript },
      { value: otherEnding, script: accountOutput(other.traderKey, other.version, at.number + 1) },
      { value: amount, script: witnessScriptHash(fundingScript(order.multiSigKey, otherKey)) },
      { value: fund.value + earned, script: fund.script },
    ],
  );
  const batchId = batchKey(at.number);
  const height = ledger.height();
  const renewed = height + terms.autoRenewExtensionBlocks;
  return {
    batchId,
    txid: transaction.txid,
    prepare: create(OrderMatchPrepareSchema, {
      chargedAccounts:
        account === null
          ? []
          : [
              {
                endingBalance: ending,
                endingState: AccountDiff_AccountState.OUTPUT_RECREATED,
                outpointIndex: findOutput(transaction, accountScript),
                traderKey: account.traderKey,
                newExpiry: (at.batchVersion & 15) >= 1 && account.expiry < renewed ? renewed : 0,
              },
            ],
      executionFee: terms.executionFee ?? {},
      batchTransaction: transaction.bytes,
      feeRateSatPerKw: feeRate,
      batchId,
      batchVersion: at.batchVersion,
      matchedMarkets: {
        [order.leaseDuration]: {
          matchedOrders: { [toHex(order.nonce)]: counterparty(order, other, otherKey, units, price) },
          clearingPriceRate: price,
        },
      },
      batchHeightHint: height,
    }),
    signBegin: signBegin(batchId, account, transaction),
  };
}

function chainFee(channels: bigint, feeRate: bigint, version: number): bigint {
  return traderFee(channels, feeRate, version === 0 ? AccountVersion.LEGACY : AccountVersion.TAPROOT);
}

/** The most units that leave the account with an output worth having. */
function largestMatch(order: MatchedSide, balanceAfter: (amount: bigint) => bigint): number | undefined {
  for (let units = Math.min(order.unitsLeft, MOST_UNITS); units >= Math.max(order.minUnits, 1); units -= 1) {
    if (balanceAfter(BigInt(units) * UNIT) >= UNIT) return units;
  }
  return undefined;
}

function counterparty(
  order: MatchedSide,
  other: TraderAccount,
  multiSigKey: Uint8Array,
  unitsFilled: number,
  price: number,
): MatchedOrder {
  const isAsk = order.kind === "bid";
  const orderNonce = sha256("counterparty order", order.nonce);
  const details = {
    traderKey: other.traderKey,
    // Ten per cent below the price that both pay, or at it: the highest bid that still matches sets it.
    rateFixed: isAsk ? Math.floor((price * 9) / 10) : price,
    amt: BigInt(unitsFilled) * UNIT,
    minChanAmt: UNIT,
    orderNonce,
    orderSig: secp256k1.sign(orderNonce, privateKey("counterparty", 0), { prehash: false }),
    multiSigKey,
    nodePub: RATED_NODES[0] ?? other.traderKey,
    nodeAddr: [{ network: "tcp", addr: "203.0.113.7:9735" }],
    channelType: OrderChannelType.PEER_DEPENDENT,
    maxBatchFeeRateSatPerKw: 25_000n,
  };
  const common = { details, leaseDurationBlocks: order.leaseDuration, version: ORDER_VERSION };
  return create(
    MatchedOrderSchema,
    isAsk ? { matchedAsks: [{ ask: common, unitsFilled }] } : { matchedBids: [{ bid: common, unitsFilled }] },
  );
}

function signBegin(
  batchId: Uint8Array,
  account: TraderAccount | null,
  transaction: UnsignedTransaction,
): OrderMatchSignBegin {
  const nonces = Buffer.concat([publicKey("server nonce", 0), publicKey("server nonce", 1)]);
  return create(OrderMatchSignBeginSchema, {
    batchId,
    serverNonces: account === null || account.version === 0 ? {} : { [toHex(account.traderKey)]: nonces },
    prevOutputs: transaction.inputs.map(({ value, script }) => ({ value, pkScript: script })),
  });
}

function stranger(label: string, number: number): TraderAccount {
  const traderKey = publicKey(label, 0);
  const version = 2;
  return {
    traderKey,
    value: 20_000_000n,
    expiry: 0,
    version,
    state: AuctionAccountState.STATE_OPEN,
    txid: sha256(`${label} outpoint ${number}`),
    outputIndex: 0,
    script: accountOutput(traderKey, version, number),
    heightHint: 0,
    latestTx: new Uint8Array(),
  };
}

function outpointOf(account: TraderAccount) {
  return { txid: account.txid, index: account.outputIndex };
}
