import type { AuctionType } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import { checkKey, findAccount } from "./account-checks.ts";
import { fixedBytes, publicKey, sameBytes, toHex } from "./keys.ts";
import { NODE_KEY } from "./market.ts";
import { checkMarket, checkOfferParams, checkOrderForm } from "./order-checks.ts";
import { cancelOrder, type NewOrder } from "./orders.ts";
import { Refusal, refuse } from "./refusal.ts";
import { addTicket, isSameTicket, replaceTicket, signingKey } from "./sidecar-tickets.ts";
import { draw, type World } from "./state.ts";
import type { Ticket, TicketState } from "./ticket.ts";
import { decodeTicket, offerDigest, signTicket } from "./ticket-codec.ts";
import { offerProblem, orderProblem } from "./ticket-verification.ts";

/** What a provider offers. */
export interface NewOffer {
  readonly traderKey: Uint8Array;
  readonly capacity: bigint;
  readonly pushAmount: bigint;
  readonly leaseDuration: number;
  readonly auctionType: AuctionType;
  readonly auto: boolean;
  readonly unannounced: boolean;
  readonly zeroConf: boolean;
}

/** Ticket ids are 8 bytes: the daemon cuts or pads what it is given. */
export const TICKET_ID_BYTES = 8;

const ZERO_NONCE = new Uint8Array(32);

/** Step 1, by the provider: a ticket that offers a channel. Automatic offers are checked as the bid they will become. */
export function offerSidecar(world: World, bid: NewOrder, auto: boolean): Ticket {
  const { state } = world;
  const offer = toOffer(bid, auto);
  if (offer.capacity === 0n) {
    refuse("channel capacity missing");
  }
  checkKey(offer.traderKey);
  const account = findAccount(state, offer.traderKey);
  if (auto) {
    checkOrderForm(bid);
    checkMarket(state, { ...bid, units: Number(bid.amt / UNIT) }, account, "");
  }
  const wrong = checkOfferParams(offer.auctionType, offer.capacity, offer.pushAmount);
  if (wrong !== undefined) {
    refuse(wrong);
  }
  const ticket = signedOffer(
    draw(state, "ticket id").slice(0, 8),
    offer,
    signingKey(state, account.traderKey),
  );
  // The two daemons of an automatic negotiation agree on the bid's nonce beforehand.
  ticket.order = {
    bidNonce: offer.auto ? draw(state, "bid nonce") : ZERO_NONCE,
    signature: new Uint8Array(),
  };
  addTicket(state, ticket);
  return ticket;
}

function toOffer(bid: NewOrder, auto: boolean): NewOffer {
  const { traderKey, amt, leaseDuration, auctionType, side } = bid;
  const { selfChanBalance, unannounced, zeroConf } =
    side.kind === "bid" ? side : { selfChanBalance: 0n, unannounced: false, zeroConf: false };
  return {
    ...{ traderKey, leaseDuration, auctionType, auto, unannounced, zeroConf },
    capacity: amt,
    pushAmount: selfChanBalance,
  };
}

/** Step 2, by the recipient: the ticket with the recipient's keys. */
export function registerSidecar(world: World, text: string): Ticket {
  const { state } = world;
  const ticket = decodeTicket(text, "error decoding ticket: ");
  const wrong = offerProblem(ticket);
  if (wrong !== undefined) {
    refuse(`error verifying sidecar offer: ${wrong}`);
  }
  if (state.tickets.some((known) => isSameTicket(known, ticket))) {
    refuse(`ticket with ID ${toHex(ticket.id)} already exists`);
  }
  const keyIndex = state.tickets.filter((known) => known.recipient !== undefined).length;
  ticket.state = "registered";
  ticket.recipient = { nodeKey: NODE_KEY, multiSigKey: publicKey("multisig", keyIndex), keyIndex };
  addTicket(state, ticket);
  return ticket;
}

/** Step 4, by the recipient: waits for the channel. */
export function expectSidecarChannel(world: World, text: string): void {
  const { state } = world;
  const ticket = decodeTicket(text, "error decoding ticket: ");
  const prefix = "unable to expect sidecar chan: ";
  if (ticket.state !== "ordered") {
    refuse(`${prefix}sidecar ticket in state ${ticket.state}, expected ordered`);
  }
  const wrong = offerProblem(ticket) ?? orderProblem(ticket);
  if (wrong !== undefined) {
    refuse(`${prefix}error validating order in sidecar ticket: ${wrong}`);
  }
  const known = state.tickets.find((candidate) => isSameTicket(candidate, ticket));
  if (known === undefined) {
    refuse(
      `${prefix}error looking up sidecar order for ticket with ID ${toHex(ticket.id)}: no sidecar found`,
    );
  }
  if (known.state === "expecting channel") {
    refuse(
      `${prefix}sidecar with order nonce ${toHex(ticket.order?.bidNonce ?? ZERO_NONCE)} is already registered`,
    );
  }
  ticket.state = "expecting channel";
  replaceTicket(state, ticket);
}

/** Ends a ticket and, on the provider's side, its bid. */
export function cancelSidecar(world: World, id: Uint8Array): void {
  const { state } = world;
  if (id.length === 0) {
    refuse("missing sidecar ID");
  }
  const whole = fixedBytes(id, TICKET_ID_BYTES);
  const ticket = state.tickets.find((known) => sameBytes(known.id, whole) && !isTerminal(known.state));
  if (ticket === undefined) {
    refuse(`no ticket with ID ${toHex(id)} found or ticket is already in terminal state`);
  }
  if ((ticket.state === "ordered" || ticket.state === "expecting channel") && ticket.order !== undefined) {
    const { bidNonce } = ticket.order;
    try {
      cancelOrder(world, bidNonce);
    } catch (error) {
      const reason = error instanceof Refusal ? error.message : String(error);
      refuse(`error canceling order ${toHex(bidNonce)} for sidecar ticket ${toHex(ticket.id)}: ${reason}`);
    }
  }
  ticket.state = "canceled";
}

/** An offer with its signature, not yet kept anywhere. */
export function signedOffer(id: Uint8Array, offer: NewOffer, key: Uint8Array): Ticket {
  const { capacity, pushAmount, leaseDuration, auto, unannounced, zeroConf } = offer;
  const unsigned: Ticket = {
    id,
    version: unannounced || zeroConf ? 1 : 0,
    state: "offered",
    offer: {
      ...{ capacity, pushAmount, leaseDuration, auto, unannounced, zeroConf },
      signPubkey: offer.traderKey,
      signature: new Uint8Array(),
    },
    recipient: undefined,
    order: undefined,
    pendingChannelId: undefined,
  };
  return { ...unsigned, offer: { ...unsigned.offer, signature: signTicket(offerDigest(unsigned), key) } };
}

function isTerminal(state: TicketState): boolean {
  return state === "completed" || state === "canceled";
}
