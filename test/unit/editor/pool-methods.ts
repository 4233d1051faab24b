import { ChannelAuctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../../gen/poolrpc/trader_pb.ts";

/** Full names of Pool's 48 methods. */
export const poolMethods: readonly string[] = [Trader, ChannelAuctioneer, HashMail].flatMap((service) =>
  service.methods.map((method) => `${service.typeName}.${method.name}`),
);
