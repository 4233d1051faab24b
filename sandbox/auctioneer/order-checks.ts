import {
  DurationBucketState,
  type ServerOrder,
  type TermsResponse,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import { FEE_FLOOR } from "../ledger/chain-fees.ts";
import { acceptsOrders } from "../ledger/terms.ts";

/** The side of an order as `SubmitOrder` carries it. */
export interface SubmittedOrder {
  readonly details?: ServerOrder | undefined;
  readonly leaseDurationBlocks: number;
}

/** Why the auctioneer would not take the order into its book; undefined where it would. */
export function orderProblem(
  order: SubmittedOrder,
  terms: TermsResponse,
  knowsAccount: (traderKey: Uint8Array) => boolean,
): string | undefined {
  const { details, leaseDurationBlocks: blocks } = order;
  if (details === undefined) return "order details are missing";
  if (details.orderNonce.length !== 32)
    return `order nonce must be 32 bytes, got ${details.orderNonce.length}`;
  if (!knowsAccount(details.traderKey)) return "account does not exist";
  if (details.amt < UNIT) return `order amount must be at least ${UNIT} sat`;
  if (details.minChanAmt > details.amt) return "smallest channel is larger than the order";
  if (details.maxBatchFeeRateSatPerKw < FEE_FLOOR) {
    return `max batch fee rate must be at least ${FEE_FLOOR} sat/kw`;
  }
  if (details.allowedNodeIds.length > 0 && details.notAllowedNodeIds.length > 0) {
    return "allowed and not allowed nodes cannot be combined";
  }
  const market = terms.leaseDurationBuckets[blocks] ?? DurationBucketState.NO_MARKET;
  return acceptsOrders(market) ? undefined : `no market takes orders for ${blocks} blocks`;
}
