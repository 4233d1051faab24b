import type { JsonObject } from "@bufbuild/protobuf";
import type { PoolWorld } from "./pool-world.ts";

/** A sidecar ticket that a daemon offers which is neither of those that are compared. */
export async function offeredTicket(world: PoolWorld): Promise<string> {
  const opened = await reply(world, "InitAccount", {
    accountValue: 2_000_000n,
    accountExpiry: { case: "relativeHeight", value: 2_016 },
    fees: { case: "confTarget", value: 6 },
  });
  await world.mine(6);
  const details = {
    traderKey: Buffer.from(String(opened.trader_key), "base64"),
    rateFixed: 1_000,
    amt: 200_000n,
    minUnitsMatch: 2,
    maxBatchFeeRateSatPerKw: 12_500n,
  };
  const bid = { details, leaseDurationBlocks: 2_016, version: 5, selfChanBalance: 50_000n };
  return String((await reply(world, "OfferSidecar", { bid })).ticket);
}

async function reply(world: PoolWorld, method: string, request: object): Promise<JsonObject> {
  const answer = await world.call(method, request);
  if (answer.kind === "refused") throw new Error(`${method}: ${answer.message}`);
  return answer.json as JsonObject;
}
