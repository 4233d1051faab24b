import { NodeTier, OrderChannelType } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { Ask, Bid, Order } from "../../gen/poolrpc/trader_pb.ts";
import type { FeeSchedule } from "../../lib/auction/premium.ts";
import { signed, unsigned } from "../ledger/amount.ts";
import { isActiveOrder } from "../ledger/market.ts";
import type { OrderSide } from "../ledger/order.ts";
import { checkOrderForm } from "../ledger/order-checks.ts";
import { findOrder, type NewOrder } from "../ledger/orders.ts";
import { quoteOrder } from "../ledger/premium.ts";
import { refuse } from "../ledger/refusal.ts";
import { EXECUTION_FEE } from "../ledger/terms.ts";
import { reachAuctioneer, untilAborted } from "./auctioneer-link.ts";
import { toAsk, toBid } from "./order-messages.ts";
import { crash } from "./refusals.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";

const NO_FEE: FeeSchedule = { baseFee: 0n, feeRate: 0n };

/** Orders: quoting, submitting, listing, cancelling. */
export function traderOrders({
  ledger,
}: TraderDeps): TraderMethods<"quoteOrder" | "submitOrder" | "listOrders" | "cancelOrder"> {
  const { world } = ledger;
  return {
    quoteOrder: async (request, { signal }) => {
      const { amt, rateFixed, leaseDurationBlocks, maxBatchFeeRateSatPerKw, minUnitsMatch } = request;
      if (minUnitsMatch === 0) {
        refuse("min units match must be specified");
      }
      await reachAuctioneer(world, "Terms", "unable to query auctioneer terms: ", signal);
      const quote = quoteOrder(
        signed(amt),
        rateFixed,
        leaseDurationBlocks,
        signed(maxBatchFeeRateSatPerKw),
        minUnitsMatch,
      );
      return {
        totalPremiumSat: unsigned(quote.totalPremium),
        ratePerBlock: quote.ratePerBlock,
        ratePercent: quote.ratePercent,
        totalExecutionFeeSat: unsigned(quote.executionFee),
        worstCaseChainFeeSat: unsigned(quote.worstCaseChainFee),
      };
    },
    submitOrder: async ({ details }, { signal }) => {
      if (details.case === undefined) {
        refuse("invalid order request");
      }
      const wanted = details.case === "ask" ? fromAsk(details.value) : fromBid(details.value, "SubmitOrder");
      checkOrderForm(wanted);
      await reachAuctioneer(world, "Terms", "could not query auctioneer terms: ", signal);
      await reachAuctioneer(world, "SubmitOrder", "error submitting order to auctioneer: ", signal);
      const { order, updatedTicket, invalid } = ledger.run("submitOrder", wanted);
      if (invalid !== undefined) {
        const { reason: failReason, text: failString } = invalid;
        return {
          details: { case: "invalidOrder", value: { orderNonce: order.nonce, failReason, failString } },
        };
      }
      return {
        details: { case: "acceptedOrderNonce", value: order.nonce },
        updatedSidecarTicket: updatedTicket,
      };
    },
    listOrders: async ({ verbose, activeOnly }, { signal }) => {
      // Without terms the daemon reckons with an execution fee of nothing.
      const fees = await reachAuctioneer(world, "Terms", "", signal).then(
        () => EXECUTION_FEE,
        () => NO_FEE,
      );
      if (signal.aborted) {
        await untilAborted(signal);
      }
      const orders = world.state.orders.filter((order) => !activeOnly || isActiveOrder(order.state));
      return {
        asks: orders.flatMap((order) =>
          order.side.kind === "ask" ? [toAsk(world.state, order, order.side, verbose, fees)] : [],
        ),
        bids: orders.flatMap((order) =>
          order.side.kind === "bid" ? [toBid(world.state, order, order.side, verbose, fees)] : [],
        ),
      };
    },
    cancelOrder: async ({ orderNonce }, { signal }) => {
      findOrder(world.state, orderNonce);
      await reachAuctioneer(world, "CancelOrder", "", signal);
      ledger.run("cancelOrder", orderNonce);
      return {};
    },
  };
}

/** The order that a bid describes. A bid without details crashes the real daemon. */
export function fromBid(bid: Bid, method: string): NewOrder {
  const details = bid.details ?? crash(method, "bid.details");
  return fromDetails(details, bid.version, bid.leaseDurationBlocks, {
    kind: "bid",
    minNodeTier: bid.minNodeTier === NodeTier.TIER_DEFAULT ? NodeTier.TIER_1 : bid.minNodeTier,
    selfChanBalance: bid.selfChanBalance,
    sidecarTicket: bid.sidecarTicket,
    unannounced: bid.unannouncedChannel,
    zeroConf: bid.zeroConfChannel,
  });
}

function fromAsk(ask: Ask): NewOrder {
  const details = ask.details ?? crash("SubmitOrder", "ask.details");
  return fromDetails(details, ask.version, ask.leaseDurationBlocks, {
    kind: "ask",
    announcement: ask.announcementConstraints,
    confirmation: ask.confirmationConstraints,
  });
}

function fromDetails(details: Order, version: number, leaseDuration: number, side: OrderSide): NewOrder {
  const unset = details.channelType === OrderChannelType.UNKNOWN;
  return {
    nonce: details.orderNonce,
    traderKey: details.traderKey,
    side,
    version,
    rateFixed: details.rateFixed,
    amt: details.amt,
    maxBatchFeeRate: details.maxBatchFeeRateSatPerKw,
    leaseDuration,
    minUnitsMatch: details.minUnitsMatch,
    channelType: unset ? OrderChannelType.PEER_DEPENDENT : details.channelType,
    allowedNodes: details.allowedNodeIds,
    notAllowedNodes: details.notAllowedNodeIds,
    auctionType: details.auctionType,
    isPublic: details.isPublic,
  };
}
