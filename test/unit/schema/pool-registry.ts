import { createRegistry, type DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { file_auctioneerrpc_auctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { file_auctioneerrpc_hashmail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { file_poolrpc_trader } from "../../../gen/poolrpc/trader_pb.ts";

const files = [file_poolrpc_trader, file_auctioneerrpc_auctioneer, file_auctioneerrpc_hashmail];

/** Every type of Pool's API. */
export const poolRegistry = createRegistry(...files);

/** Every message of Pool's API, map entries excluded. */
export const poolMessages: readonly DescMessage[] = files.flatMap((file) =>
  [...nestedTypes(file)].filter((type) => type.kind === "message"),
);

/** A message by its name without the package. */
export function poolMessage(name: string): DescMessage {
  const desc = poolRegistry.getMessage(`poolrpc.${name}`);
  if (desc === undefined) throw new Error(`no message ${name}`);
  return desc;
}
