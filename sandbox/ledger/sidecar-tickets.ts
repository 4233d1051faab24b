import { AuctionType } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import type { LedgerAccount } from "./account.ts";
import { formatBtc } from "./amount.ts";
import { privateKey, publicKey, sameBytes, sha256 } from "./keys.ts";
import type { LedgerOrder } from "./order.ts";
import { checkOfferParams } from "./order-checks.ts";
import { refuse } from "./refusal.ts";
import type { WorldState } from "./state.ts";
import { type Ticket, type TicketState, ticketStateNumber } from "./ticket.ts";
import { decodeTicket, encodeTicket, orderDigest, signTicket } from "./ticket-codec.ts";
import { offerProblem } from "./ticket-verification.ts";

/** Refuses a bid that does not fit the ticket in it. */
export function checkTicketForOrder(order: LedgerOrder, account: LedgerAccount): void {
  if (order.side.kind === "bid" && order.side.sidecarTicket !== "") {
    const wrong = whyNotOrdered(decodeTicket(order.side.sidecarTicket), order, account);
    if (wrong !== undefined) {
      refuse(`error submitting order to auctioneer: error validating sidecar ticket: ${wrong}`);
    }
  }
}

/** Step 3 of a sidecar channel, by the provider: the bid for the channel goes into the ticket. Gives back its text. */
export function orderTicket(state: WorldState, text: string, order: LedgerOrder): string {
  const ticket = decodeTicket(text);
  ticket.state = "ordered";
  const signature = signTicket(orderDigest(ticket, order.nonce), signingKey(state, order.traderKey));
  ticket.order = { bidNonce: order.nonce, signature };
  replaceTicket(state, ticket);
  return encodeTicket(ticket);
}

/** Moves the tickets of a bid to a new state. */
export function setTicketStateForOrder(state: WorldState, nonce: Uint8Array, to: TicketState): void {
  for (const ticket of state.tickets) {
    if (ticket.order !== undefined && sameBytes(ticket.order.bidNonce, nonce)) {
      ticket.state = to;
    }
  }
}

/** Keeps a ticket, in the order of ids. */
export function addTicket(state: WorldState, ticket: Ticket): void {
  state.tickets.push(ticket);
  state.tickets.sort((a, b) => Buffer.compare(a.id, b.id));
}

/** The private key of one of the sandbox's account keys. */
export function signingKey(state: WorldState, traderKey: Uint8Array): Uint8Array {
  for (let n = 0; n < state.accountKeys; n++) {
    if (sameBytes(publicKey("account", n), traderKey)) {
      return privateKey("account", n);
    }
  }
  return sha256("pool-playground no such account", traderKey);
}

function whyNotOrdered(ticket: Ticket, order: LedgerOrder, account: LedgerAccount): string | undefined {
  if (ticket.state !== "registered") {
    return `invalid sidecar ticket state: ${ticketStateNumber(ticket.state)}`;
  }
  const { recipient } = ticket;
  if (recipient === undefined || recipient.nodeKey.length === 0 || recipient.multiSigKey.length === 0) {
    return "invalid sidecar ticket, missing recipient information";
  }
  const wrong = offerProblem(ticket);
  if (wrong !== undefined) {
    return `error verifying sidecar offer: ${wrong}`;
  }
  if (!sameBytes(ticket.offer.signPubkey, account.traderKey)) {
    return "invalid sidecar ticket, not offered by us";
  }
  if (order.auctionType !== AuctionType.BTC_INBOUND_LIQUIDITY) {
    const outbound = order.auctionType === AuctionType.BTC_OUTBOUND_LIQUIDITY;
    const market = outbound ? "btc_outbound_liquidity" : `unknown<${order.auctionType}>`;
    return `${market} market does not support sidecar tickets`;
  }
  const { capacity, pushAmount } = ticket.offer;
  const impossible = checkOfferParams(order.auctionType, capacity, pushAmount);
  if (impossible !== undefined) {
    return impossible;
  }
  if (capacity !== order.amt) {
    return `invalid bid amount ${formatBtc(order.amt)}, must match sidecar ticket's capacity ${formatBtc(capacity)}`;
  }
  const smallest = BigInt(order.minUnitsMatch) * UNIT;
  return capacity === smallest
    ? undefined
    : `invalid min units match ${formatBtc(smallest)}, must match sidecar ticket's capacity ${formatBtc(capacity)}`;
}

/** Puts a ticket in the place of its former state. */
export function replaceTicket(state: WorldState, ticket: Ticket): void {
  const at = state.tickets.findIndex((known) => isSameTicket(known, ticket));
  if (at < 0) {
    addTicket(state, ticket);
  } else {
    state.tickets[at] = ticket;
  }
}

/** Tickets are told apart by id and by who offers. */
export function isSameTicket(a: Ticket, b: Ticket): boolean {
  return sameBytes(a.id, b.id) && sameBytes(a.offer.signPubkey, b.offer.signPubkey);
}
