import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { AuctionType, OrderChannelType, OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { GetInfoResponseSchema, ListOrdersResponseSchema } from "../../gen/poolrpc/trader_pb.ts";

/** How many orders `ListOrders` gives: half of them asks. */
export const ORDERS = 10_000;

/** Milliseconds between two messages of a paced stream. */
export const PACED_GAP_MS = 100;

/** What stands before the time of sending in a message, so that it is found in any page's text. */
const SENT_MARK = "feedc0de0a0b";

/** How the first message of a stream looks on a page, and the `Date.now()` of its sending. */
export const FIRST_SENT = {
  hex: {
    pattern: new RegExp(`${SENT_MARK}([0-9a-f]{12})0{12}`),
    time: (caught: string) => Number.parseInt(caught, 16),
  },
  base64: {
    pattern: new RegExp(`${Buffer.from(SENT_MARK, "hex").toString("base64")}([\\w+/]{8})A{8}`),
    time: (caught: string) => Buffer.from(caught, "base64").readUIntBE(0, 6),
  },
} as const;

/** Bytes of a message of the stream, its frame not counted: as long as a small event of a daemon. */
const MESSAGE_BYTES = 150;

/** One gRPC frame. */
function frame<Desc extends DescMessage>(schema: Desc, message: MessageInitShape<Desc>): Buffer {
  const body = toBinary(schema, create(schema, message));
  const bytes = Buffer.alloc(5 + body.length);
  bytes.writeUInt32BE(body.length, 1);
  bytes.set(body, 5);
  return bytes;
}

/** What stands in GetInfo's version before the call's number, of nine digits. */
export const COUNTED = "commit=bench-";

/** GetInfo's reply: made once, and given with another number each time. */
export function infoFrames(): () => Buffer {
  let count = 0;
  const template = infoFrame();
  const at = template.indexOf(COUNTED) + COUNTED.length;
  return () => {
    const numbered = Buffer.from(template);
    numbered.write(String(++count).padStart(9, "0"), at, "latin1");
    return numbered;
  };
}

function infoFrame(): Buffer {
  return frame(GetInfoResponseSchema, {
    version: `0.6.6-beta ${COUNTED}000000000`,
    accountsTotal: 2,
    accountsActive: 1,
    ordersTotal: ORDERS,
    currentBlockHeight: 812_345,
    subscribedToAuctioneer: true,
  });
}

/** As a busy trader's orders look: each with a nonce, amounts, a creation time and two events. */
export function ordersFrame(): Buffer {
  const nano = 1_700_000_000_000_000_000n;
  const order = (index: number) => ({
    traderKey: pattern(33, index % 7),
    rateFixed: 400 + (index % 90) * 13,
    amt: BigInt(100_000 * (1 + (index % 50))),
    maxBatchFeeRateSatPerKw: BigInt(253 + (index % 20) * 500),
    orderNonce: pattern(32, index),
    state: index % 5 === 0 ? OrderState.ORDER_EXECUTED : OrderState.ORDER_SUBMITTED,
    units: 1 + (index % 50),
    unitsUnfulfilled: index % 5 === 0 ? 0 : 1 + (index % 50),
    reservedValueSat: BigInt(2_000 + (index % 977)),
    creationTimestampNs: nano + BigInt(index) * 61_000_000_007n,
    events: [
      { timestampNs: nano + BigInt(index) * 61_000_000_007n, eventStr: "order created" },
      { timestampNs: nano + BigInt(index + 1) * 61_000_000_007n, eventStr: "order submitted" },
    ],
    minUnitsMatch: 1,
    channelType: OrderChannelType.SCRIPT_ENFORCED,
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
  });
  const numbers = Array.from({ length: ORDERS / 2 }, (_, index) => index);
  return frame(ListOrdersResponseSchema, {
    asks: numbers.map((index) => ({
      details: order(index),
      leaseDurationBlocks: 2_016 * (1 + (index % 4)),
      version: 7,
    })),
    bids: numbers.map((index) => ({
      details: order(index + ORDERS / 2),
      leaseDurationBlocks: 2_016,
      version: 7,
      selfChanBalance: BigInt((index % 3) * 20_000),
    })),
  });
}

/** A message that holds the time, `Date.now()`, at which it was made, and its number; each as 6 bytes after a mark. */
export function streamFrame(streamId: Uint8Array, index: number): Buffer {
  const msg = Buffer.alloc(MESSAGE_BYTES - streamId.length - 8, 0x5a);
  msg.write(SENT_MARK, 0, "hex");
  msg.writeUIntBE(Date.now(), 6, 6);
  msg.writeUIntBE(index, 12, 6);
  return frame(CipherBoxSchema, { desc: { streamId }, msg });
}

/** Bytes that differ with `seed` and do not compress to nothing. */
function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = (seed + 1) * 2_654_435_761;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  bytes[0] = 2;
  return bytes;
}
