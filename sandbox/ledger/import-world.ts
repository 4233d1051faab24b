import type { BatchSnapshotResponse } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import {
  type Account,
  type AccountModificationFee,
  AccountState,
  type Ask,
  type Bid,
  type Lease,
  type Order,
  type OrderEvent,
} from "../../gen/poolrpc/trader_pb.ts";
import type { AccountChange, LedgerAccount } from "./account.ts";
import { fromHex, sameBytes, toHex } from "./keys.ts";
import type { LedgerOrder, LedgerOrderEvent, OrderSide } from "./order.ts";
import { addTicket } from "./sidecar-tickets.ts";
import type { AuctioneerFault, LeaseRecord, WorldState } from "./state.ts";
import { decodeTicket } from "./ticket-codec.ts";

/** A world in the messages of a daemon's own replies: what its lists say, at one height. */
export interface ListedWorld {
  readonly height: number;
  readonly accounts: readonly Account[];
  readonly lostAccounts: readonly Account[];
  /** By trader key in hex, newest first. */
  readonly changes: Readonly<Record<string, readonly AccountModificationFee[]>>;
  readonly asks: readonly Ask[];
  readonly bids: readonly Bid[];
  /** Newest first. */
  readonly batches: readonly BatchSnapshotResponse[];
  readonly leases: readonly Lease[];
  /** Encoded. */
  readonly tickets: readonly string[];
  readonly auctioneerFault: AuctioneerFault | undefined;
}

/** Blocks until what is pending in an imported account has confirmed. */
const CONFIRMATIONS = 3;

/** Puts this world in the place of the one that is there. Seed, network and market stay. */
export function importWorld(state: WorldState, listed: ListedWorld): void {
  const { height } = listed;
  const byKey = (a: LedgerAccount, b: LedgerAccount) => Buffer.compare(a.traderKey, b.traderKey);
  state.height = height;
  state.auctioneerFault = listed.auctioneerFault;
  replace(state.accounts, listed.accounts.map((account) => toAccount(account, listed)).sort(byKey));
  replace(
    state.lostAccounts,
    listed.lostAccounts.map((account) => toAccount(account, listed)),
  );
  replace(state.orders, [...listed.asks.map(fromAsk), ...listed.bids.map(fromBid)].sort(byCreation));
  replace(state.tickets, []);
  for (const text of listed.tickets) {
    addTicket(state, decodeTicket(text));
  }
  replace(state.tokens, []);
  replace(
    state.batches,
    [...listed.batches].reverse().map((snapshot) => {
      const txid = fromHex(snapshot.batchTxId).reverse();
      const leases = listed.leases
        .filter(({ channelPoint }) => channelPoint !== undefined && sameBytes(channelPoint.txid, txid))
        .map((lease): LeaseRecord => ({ lease, traderKey: ownerOf(state, lease) }));
      const [first] = leases;
      const confirmedAt =
        first === undefined ? height : first.lease.channelLeaseExpiry - first.lease.channelDurationBlocks;
      return { snapshot, height: Math.max(confirmedAt, 0), leases };
    }),
  );
}

function replace<Item>(list: Item[], items: readonly Item[]): void {
  list.splice(0, list.length, ...items);
}

function byCreation(a: LedgerOrder, b: LedgerOrder): number {
  return a.createdNs < b.createdNs ? -1 : Number(a.createdNs > b.createdNs);
}

function ownerOf(state: WorldState, lease: Lease): Uint8Array {
  return (
    state.orders.find((order) => sameBytes(order.nonce, lease.orderNonce))?.traderKey ?? new Uint8Array(33)
  );
}

function toAccount(account: Account, { height, changes }: ListedWorld): LedgerAccount {
  const settled = [AccountState.OPEN, AccountState.EXPIRED, AccountState.CLOSED].includes(account.state);
  return {
    traderKey: account.traderKey,
    outpoint: {
      txid: account.outpoint?.txid ?? new Uint8Array(32),
      index: account.outpoint?.outputIndex ?? 0,
    },
    value: account.value,
    expirationHeight: account.expirationHeight,
    state: account.state,
    latestTxid: account.latestTxid,
    version: account.version,
    confirmsAt: settled ? undefined : height + CONFIRMATIONS,
    changes: (changes[toHex(account.traderKey)] ?? []).map(toChange),
  };
}

function toChange(change: AccountModificationFee): AccountChange {
  return {
    action: change.action as AccountChange["action"],
    txid: fromHex(change.txid).reverse(),
    height: change.blockHeight,
    timestamp: change.timestamp,
    outputAmount: change.outputAmount,
    fee: change.fee.case === "feeValue" ? change.fee.value : undefined,
  };
}

function fromAsk(ask: Ask): LedgerOrder {
  return toOrder(ask, ask.details, {
    kind: "ask",
    announcement: ask.announcementConstraints,
    confirmation: ask.confirmationConstraints,
  });
}

function fromBid(bid: Bid): LedgerOrder {
  return toOrder(bid, bid.details, {
    kind: "bid",
    minNodeTier: bid.minNodeTier,
    selfChanBalance: bid.selfChanBalance,
    sidecarTicket: bid.sidecarTicket,
    unannounced: bid.unannouncedChannel,
    zeroConf: bid.zeroConfChannel,
  });
}

function toOrder(
  { version, leaseDurationBlocks }: Pick<Ask, "version" | "leaseDurationBlocks">,
  details: Order | undefined,
  side: OrderSide,
): LedgerOrder {
  if (details === undefined) {
    throw new Error("an order of an imported world has no details");
  }
  return {
    nonce: details.orderNonce,
    traderKey: details.traderKey,
    side,
    version,
    rateFixed: details.rateFixed,
    amt: details.amt,
    maxBatchFeeRate: details.maxBatchFeeRateSatPerKw,
    leaseDuration: leaseDurationBlocks,
    units: details.units,
    unitsUnfulfilled: details.unitsUnfulfilled,
    minUnitsMatch: details.minUnitsMatch,
    state: details.state,
    createdNs: details.creationTimestampNs,
    events: details.events.map(toEvent),
    channelType: details.channelType,
    allowedNodes: details.allowedNodeIds,
    notAllowedNodes: details.notAllowedNodeIds,
    auctionType: details.auctionType,
    isPublic: details.isPublic,
  };
}

function toEvent({ timestampNs, event }: OrderEvent): LedgerOrderEvent {
  switch (event.case) {
    case undefined:
      return { kind: "created", timestampNs };
    case "stateChange": {
      const { previousState: from, newState: to, unitsFilled } = event.value;
      return { kind: "updated", timestampNs, from, to, unitsFilled };
    }
    case "matched": {
      const { matchState, unitsFilled, matchedOrder, rejectReason } = event.value;
      return { kind: "matched", timestampNs, matchState, unitsFilled, matchedOrder, rejectReason };
    }
  }
}
