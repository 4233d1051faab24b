import { create, toBinary } from "@bufbuild/protobuf";
import { OrderState } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";

/** A `ListOrders` reply of so many orders, the first half asks. Order `i` of either has `(i + 1) * 100,000` sat. */
export function manyOrders(count: number): Uint8Array {
  const asks = Math.ceil(count / 2);
  const details = (index: number) => ({
    traderKey: new Uint8Array(33).fill(index % 251, 1).fill(2, 0, 1),
    rateFixed: 400 + (index % 90) * 13,
    amt: BigInt(index + 1) * 100_000n,
    maxBatchFeeRateSatPerKw: 12_500n,
    orderNonce: new Uint8Array(32)
      .fill(index % 253, 4)
      .fill(index >> 8, 0, 1)
      .fill(index & 255, 1, 2),
    state: OrderState.ORDER_SUBMITTED,
    units: index + 1,
    creationTimestampNs: 1_700_000_000_000_000_000n + BigInt(index) * 61_000_000_007n,
    events: [{ timestampNs: 1_700_000_000_000_000_000n, eventStr: "OrderCreated" }],
  });
  const orders = (length: number) =>
    Array.from({ length }, (_, index) => ({ details: details(index), leaseDurationBlocks: 2_016 }));
  const message = { asks: orders(asks), bids: orders(count - asks) };
  return toBinary(ListOrdersResponseSchema, create(ListOrdersResponseSchema, message));
}
