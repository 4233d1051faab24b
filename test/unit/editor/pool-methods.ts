import type { DescService } from "@bufbuild/protobuf";
import { ChannelAuctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../../gen/poolrpc/trader_pb.ts";
import { Control } from "../../../gen/sandbox/v1/control_pb.ts";

/** Full names of Pool's 48 methods. */
export const poolMethods: readonly string[] = namesOf(Trader, ChannelAuctioneer, HashMail);

/** Full names of the site's methods: Pool's, and the sandbox's own. */
export const siteMethods: readonly string[] = [...poolMethods, ...namesOf(Control)];

function namesOf(...services: readonly DescService[]): string[] {
  return services.flatMap((service) => service.methods.map((method) => `${service.typeName}.${method.name}`));
}
