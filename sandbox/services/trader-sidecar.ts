import { create } from "@bufbuild/protobuf";
import { type DecodedSidecarTicket, DecodedSidecarTicketSchema } from "../../gen/poolrpc/trader_pb.ts";
import { fixedBytes, sameBytes } from "../ledger/keys.ts";
import { refuse } from "../ledger/refusal.ts";
import { TICKET_ID_BYTES } from "../ledger/sidecars.ts";
import type { Ticket } from "../ledger/ticket.ts";
import { decodeTicket, derSignature, encodeTicket } from "../ledger/ticket-codec.ts";
import { reachAuctioneer } from "./auctioneer-link.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";
import { fromBid } from "./trader-orders.ts";

type SidecarMethods =
  | "offerSidecar"
  | "registerSidecar"
  | "expectSidecarChannel"
  | "decodeSidecarTicket"
  | "listSidecars"
  | "cancelSidecar";

/** Sidecar channels: tickets from offer to channel. */
export function traderSidecar({ ledger }: TraderDeps): TraderMethods<SidecarMethods> {
  const { world } = ledger;
  return {
    offerSidecar: async ({ autoNegotiate, bid }, { signal }) => {
      const offered = fromBid(bid ?? refuse("bid must be set"), "OfferSidecar");
      if (autoNegotiate) {
        await reachAuctioneer(world, "Terms", "unable to query auctioneer terms: ", signal);
      }
      const ticket = ledger.run("offerSidecar", offered, autoNegotiate);
      return { ticket: encodeTicket(ticket) };
    },
    registerSidecar: ({ ticket }) => ({ ticket: encodeTicket(ledger.run("registerSidecar", ticket)) }),
    expectSidecarChannel: ({ ticket }) => {
      ledger.run("expectSidecarChannel", ticket);
      return {};
    },
    decodeSidecarTicket: ({ ticket }) => toDecoded(decodeTicket(ticket, "error decoding ticket: ")),
    listSidecars: ({ sidecarId }) => ({
      tickets: world.state.tickets
        .filter(
          (ticket) => sidecarId.length === 0 || sameBytes(ticket.id, fixedBytes(sidecarId, TICKET_ID_BYTES)),
        )
        .map(toDecoded),
    }),
    cancelSidecar: ({ sidecarId }) => {
      ledger.run("cancelSidecar", sidecarId);
      return {};
    },
  };
}

function toDecoded(ticket: Ticket): DecodedSidecarTicket {
  const { offer, recipient, order } = ticket;
  const none = new Uint8Array();
  return create(DecodedSidecarTicketSchema, {
    id: ticket.id,
    version: ticket.version,
    state: ticket.state,
    offerCapacity: offer.capacity,
    offerPushAmount: offer.pushAmount,
    offerLeaseDurationBlocks: offer.leaseDuration,
    offerSignPubkey: offer.signPubkey,
    offerSignature: derSignature(offer.signature),
    offerAuto: offer.auto,
    recipientNodePubkey: recipient?.nodeKey ?? none,
    recipientMultisigPubkey: recipient?.multiSigKey ?? none,
    recipientMultisigPubkeyIndex: recipient?.keyIndex ?? 0,
    orderBidNonce: order?.bidNonce ?? none,
    orderSignature: derSignature(order?.signature ?? none),
    executionPendingChannelId: ticket.pendingChannelId ?? none,
    encodedTicket: encodeTicket(ticket),
    offerUnannouncedChannel: offer.unannounced,
    offerZeroConfChannel: offer.zeroConf,
  });
}
