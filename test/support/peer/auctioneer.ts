import { createHash, randomBytes } from "node:crypto";
import { status } from "@grpc/grpc-js";
import { ChannelAuctioneer, DurationBucketState } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { type Handler, only, PeerStatus, typed } from "./handler.ts";

/** `Terms`, and the handshake of `SubscribeBatchAuction`: commit → challenge, subscribe → success. */
export const auctioneerHandlers: Readonly<Record<string, Handler>> = {
  Terms: typed(ChannelAuctioneer.method.terms, async function* (requests) {
    await only(requests);
    yield {
      maxAccountValue: 1_000_000_000n,
      executionFee: { baseFee: 2n, feeRate: 1_250n },
      leaseDurationBuckets: { 2016: DurationBucketState.MARKET_OPEN },
      nextBatchConfTarget: 6,
      nextBatchFeeRateSatPerKw: 12_500n,
      autoRenewExtensionBlocks: 3_024,
    };
  }),
  SubscribeBatchAuction: typed(ChannelAuctioneer.method.subscribeBatchAuction, async function* (requests) {
    let committed: Uint8Array | null = null;
    for await (const { msg } of requests) {
      if (msg.case === "commit") {
        committed = msg.value.commitHash;
        const value = { challenge: randomBytes(32), commitHash: committed };
        yield { msg: { case: "challenge" as const, value } };
      } else if (msg.case === "subscribe" && committed !== null) {
        const { traderKey, commitNonce } = msg.value;
        const opened = createHash("sha256").update(traderKey).update(commitNonce).digest();
        if (!opened.equals(committed)) throw new PeerStatus(status.UNKNOWN, "commitment does not open");
        yield { msg: { case: "success" as const, value: { traderKey } } };
      } else {
        throw new PeerStatus(status.UNKNOWN, `unexpected message ${msg.case ?? "without a kind"}`);
      }
    }
  }),
};
