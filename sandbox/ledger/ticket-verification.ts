import { secp256k1 } from "@noble/curves/secp256k1.js";
import { sha256, toHex } from "./keys.ts";
import { type Ticket, ticketStateNumber } from "./ticket.ts";
import { NEWEST_TICKET_VERSION, offerDigest, orderDigest } from "./ticket-codec.ts";

/** What is wrong with a ticket's offer, in the daemon's words; undefined where the provider has signed it. */
export function offerProblem(ticket: Ticket): string | undefined {
  if (ticketStateNumber(ticket.state) < ticketStateNumber("offered")) {
    return "ticket is in invalid state";
  }
  const { signPubkey, signature } = ticket.offer;
  if (signPubkey.length === 0 || signature.length === 0) {
    return "offer in ticket is not signed";
  }
  if (ticket.version > NEWEST_TICKET_VERSION) {
    return `error calculating offer digest: unknown version ${ticket.version}`;
  }
  return signatureProblem(ticket, offerDigest(ticket), signature);
}

/** What is wrong with the order in a ticket, in the daemon's words; undefined where the provider has signed it. */
export function orderProblem(ticket: Ticket): string | undefined {
  if (ticketStateNumber(ticket.state) < ticketStateNumber("ordered")) {
    return "ticket is in invalid state";
  }
  const { offer, order } = ticket;
  if (offer.signPubkey.length === 0 || offer.signature.length === 0) {
    return "offer in ticket is not signed";
  }
  if (order === undefined || order.signature.length === 0) {
    return "order in ticket is not signed";
  }
  if (order.bidNonce.every((byte) => byte === 0)) {
    return "nonce in order part of ticket is empty";
  }
  if (ticket.version > NEWEST_TICKET_VERSION) {
    return `error calculating order digest: unknown version ${ticket.version}`;
  }
  return signatureProblem(ticket, orderDigest(ticket, order.bidNonce), order.signature);
}

function signatureProblem({ offer }: Ticket, digest: Uint8Array, signature: Uint8Array): string | undefined {
  const options = { prehash: false, lowS: false };
  return secp256k1.verify(signature, sha256(digest), offer.signPubkey, options)
    ? undefined
    : `signature not valid for public key ${toHex(offer.signPubkey)}`;
}
