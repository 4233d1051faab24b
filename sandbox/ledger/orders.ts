import { OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import { nanoseconds } from "../chain/clock.ts";
import { checkKey } from "./account-checks.ts";
import { fixedBytes, sameBytes } from "./keys.ts";
import type { LedgerOrder } from "./order.ts";
import { checkAuctionRules, checkDigest, checkMarket, checkOrderForm } from "./order-checks.ts";
import { refuse } from "./refusal.ts";
import { checkTicketForOrder, orderTicket, setTicketStateForOrder } from "./sidecar-tickets.ts";
import { draw, type World, type WorldState } from "./state.ts";

/** An order as it is submitted. An empty nonce gets a fresh one. */
export type NewOrder = Pick<
  LedgerOrder,
  | "traderKey"
  | "side"
  | "version"
  | "rateFixed"
  | "amt"
  | "maxBatchFeeRate"
  | "leaseDuration"
  | "minUnitsMatch"
  | "channelType"
  | "allowedNodes"
  | "notAllowedNodes"
  | "auctionType"
  | "isPublic"
  | "nonce"
>;

/** An accepted order and, for a bid with a sidecar ticket, the ticket with the order in it. */
export interface SubmittedOrder {
  readonly order: LedgerOrder;
  readonly updatedTicket: string;
  /** Why the auctioneer refused it: then the order is kept as failed. */
  readonly invalid?: { readonly reason: number; readonly text: string };
}

const NONCE_BYTES = 32;
const VALIDATION = "order valid validation: ";

/** Puts an order into the book. */
export function submitOrder(world: World, wanted: NewOrder): SubmittedOrder {
  const { state } = world;
  checkOrderForm(wanted);
  checkOrderKey(wanted.traderKey);
  const account =
    state.accounts.find((known) => sameBytes(known.traderKey, wanted.traderKey)) ??
    refuse("cannot accept order: account not found");
  const planned = newOrder(world, wanted);
  checkMarket(state, planned, account, VALIDATION);
  checkAuctionRules(state, planned, account);
  checkTicketForOrder(planned, account);
  checkDigest(planned);
  if (state.orders.some((known) => sameBytes(known.nonce, planned.nonce))) {
    refuse(
      "error submitting order to auctioneer: unable to store order: order with this nonce already exists",
    );
  }
  // Drawn last: what is refused leaves no trace.
  const order = hasNonce(planned) ? planned : { ...planned, nonce: draw(state, "order nonce") };
  const { auctioneerFault: fault } = state;
  if (fault?.kind === "invalid order") {
    state.orders.push(order);
    updateOrder(world, order, OrderState.ORDER_FAILED, 0);
    return { order, updatedTicket: "", invalid: { reason: fault.reason, text: fault.text } };
  }
  if (order.side.kind === "ask" || order.side.sidecarTicket === "") {
    state.orders.push(order);
    return { order, updatedTicket: "" };
  }
  const updatedTicket = orderTicket(state, order.side.sidecarTicket, order);
  const stored = { ...order, side: { ...order.side, sidecarTicket: updatedTicket } };
  state.orders.push(stored);
  return { order: stored, updatedTicket };
}

/** Takes an order out of the book; a second time does nothing. */
export function cancelOrder(world: World, nonce: Uint8Array): void {
  const { state } = world;
  const order = findOrder(state, nonce);
  if (order.state === OrderState.ORDER_CANCELED) {
    return;
  }
  const terminal: Partial<Record<OrderState, string>> = {
    [OrderState.ORDER_EXECUTED]: "StateExecuted",
    [OrderState.ORDER_EXPIRED]: "StateExpired",
    [OrderState.ORDER_FAILED]: "StateFailed",
  };
  const name = terminal[order.state];
  if (name !== undefined) {
    refuse(`unable to cancel order in terminal state ${name}`);
  }
  updateOrder(world, order, OrderState.ORDER_CANCELED, 0);
  setTicketStateForOrder(state, nonce, "canceled");
}

/** Changes an order's state and notes it in its history. */
export function updateOrder(world: World, order: LedgerOrder, to: OrderState, unitsFilled: number): void {
  order.events.push({
    kind: "updated",
    timestampNs: nanoseconds(world.clock),
    from: order.state,
    to,
    unitsFilled,
  });
  order.state = to;
}

/** The order of a nonce. */
export function findOrder(state: WorldState, nonce: Uint8Array): LedgerOrder {
  const whole = fixedBytes(nonce, NONCE_BYTES);
  return state.orders.find((order) => sameBytes(order.nonce, whole)) ?? refuse("no order found");
}

function hasNonce({ nonce }: NewOrder): boolean {
  return nonce.some((byte) => byte !== 0);
}

function newOrder(world: World, wanted: NewOrder): LedgerOrder {
  const units = Number(wanted.amt / UNIT);
  const createdNs = nanoseconds(world.clock);
  return {
    ...wanted,
    nonce: fixedBytes(wanted.nonce, NONCE_BYTES),
    units,
    unitsUnfulfilled: units,
    state: OrderState.ORDER_SUBMITTED,
    createdNs,
    events: [{ kind: "created", timestampNs: createdNs }],
  };
}

/** An order copies its key into 33 bytes before it looks at it: a short one fails by its first byte. */
function checkOrderKey(key: Uint8Array): void {
  checkKey(fixedBytes(key, 33));
}
