import { create } from "@bufbuild/protobuf";
import { OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import {
  type Ask,
  AskSchema,
  type Bid,
  BidSchema,
  MatchState,
  type Order,
  type OrderEvent,
  OrderEventSchema,
  OrderSchema,
} from "../../gen/poolrpc/trader_pb.ts";
import type { FeeSchedule } from "../../lib/auction/premium.ts";
import type { LedgerAccount } from "../ledger/account.ts";
import { sameBytes } from "../ledger/keys.ts";
import type { LedgerOrder, LedgerOrderEvent, OrderSide } from "../ledger/order.ts";
import { reservedValue } from "../ledger/premium.ts";
import type { WorldState } from "../ledger/state.ts";

/** An ask as the daemon lists it. */
export function toAsk(
  state: WorldState,
  order: LedgerOrder,
  side: Extract<OrderSide, { kind: "ask" }>,
  verbose: boolean,
  fees: FeeSchedule,
): Ask {
  return create(AskSchema, {
    details: toDetails(state, order, verbose, fees),
    leaseDurationBlocks: order.leaseDuration,
    version: order.version,
    announcementConstraints: side.announcement,
    confirmationConstraints: side.confirmation,
  });
}

/** A bid as the daemon lists it. */
export function toBid(
  state: WorldState,
  order: LedgerOrder,
  side: Extract<OrderSide, { kind: "bid" }>,
  verbose: boolean,
  fees: FeeSchedule,
): Bid {
  return create(BidSchema, {
    details: toDetails(state, order, verbose, fees),
    leaseDurationBlocks: order.leaseDuration,
    version: order.version,
    minNodeTier: side.minNodeTier,
    selfChanBalance: side.selfChanBalance,
    sidecarTicket: side.sidecarTicket,
    unannouncedChannel: side.unannounced,
    zeroConfChannel: side.zeroConf,
  });
}

/** An order's message as it was made last, and what of the order and its account it was made from. */
const made = new WeakMap<LedgerOrder, { readonly from: string; readonly message: Order }>();

/** A list is asked for more often than an order changes: its message is made anew when it has. */
function toDetails(state: WorldState, order: LedgerOrder, verbose: boolean, fees: FeeSchedule): Order {
  const account = state.accounts.find((known) => sameBytes(known.traderKey, order.traderKey));
  const { units, unitsUnfulfilled, events } = order;
  const from = `${verbose} ${order.state} ${units} ${unitsUnfulfilled} ${events.length} ${account?.version} ${fees.baseFee} ${fees.feeRate}`;
  const known = made.get(order);
  if (known?.from === from) {
    return known.message;
  }
  const message = newDetails(order, account, verbose, fees);
  made.set(order, { from, message });
  return message;
}

function newDetails(
  order: LedgerOrder,
  account: LedgerAccount | undefined,
  verbose: boolean,
  fees: FeeSchedule,
): Order {
  return create(OrderSchema, {
    traderKey: order.traderKey,
    rateFixed: order.rateFixed,
    amt: order.amt,
    maxBatchFeeRateSatPerKw: order.maxBatchFeeRate,
    orderNonce: order.nonce,
    state: order.state,
    units: order.units,
    unitsUnfulfilled: order.unitsUnfulfilled,
    reservedValueSat: account === undefined ? 0n : reservedValue(order, account.version, fees),
    creationTimestampNs: order.createdNs,
    events: verbose ? order.events.map(toEvent) : [],
    minUnitsMatch: order.minUnitsMatch,
    channelType: order.channelType,
    allowedNodeIds: [...order.allowedNodes],
    notAllowedNodeIds: [...order.notAllowedNodes],
    auctionType: order.auctionType,
    isPublic: order.isPublic,
  });
}

/** Order states in the daemon's event texts. */
const EVENT_STATES: Readonly<Record<OrderState, string>> = {
  [OrderState.ORDER_SUBMITTED]: "submitted",
  [OrderState.ORDER_CLEARED]: "cleared",
  [OrderState.ORDER_PARTIALLY_FILLED]: "partially_filled",
  [OrderState.ORDER_EXECUTED]: "executed",
  [OrderState.ORDER_CANCELED]: "canceled",
  [OrderState.ORDER_EXPIRED]: "expired",
  [OrderState.ORDER_FAILED]: "failed",
};

function toEvent(event: LedgerOrderEvent): OrderEvent {
  const timestampNs = event.timestampNs;
  switch (event.kind) {
    case "created":
      return create(OrderEventSchema, { timestampNs, eventStr: "OrderCreated" });
    case "updated":
      return create(OrderEventSchema, {
        timestampNs,
        eventStr: `OrderUpdate(${EVENT_STATES[event.to]})`,
        event: {
          case: "stateChange",
          value: { previousState: event.from, newState: event.to, unitsFilled: event.unitsFilled },
        },
      });
    case "matched":
      return create(OrderEventSchema, {
        timestampNs,
        eventStr: `OrderMatch(${MatchState[event.matchState].toLowerCase()})`,
        event: {
          case: "matched",
          value: {
            matchState: event.matchState,
            unitsFilled: event.unitsFilled,
            matchedOrder: event.matchedOrder,
            rejectReason: event.rejectReason,
          },
        },
      });
  }
}
