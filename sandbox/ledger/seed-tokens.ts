import { create } from "@bufbuild/protobuf";
import macaroons from "macaroon";
import { type LsatToken, LsatTokenSchema } from "../../gen/poolrpc/trader_pb.ts";
import type { Clock } from "../chain/clock.ts";
import { sha256 } from "./keys.ts";

const DAY_SECONDS = 86_400;

/** L402 tokens as a daemon collects them. Anyone can make them from this file: they open nothing. */
export function seedTokens(clock: Clock): LsatToken[] {
  const now = Math.floor(clock() / 1000);
  return [
    token(0, { timeCreated: now - 40 * DAY_SECONDS, expired: true, storageName: "l402.token.0" }),
    token(1, { timeCreated: now - 3 * DAY_SECONDS, expired: false, storageName: "l402.token" }),
  ];
}

function token(n: number, facts: { timeCreated: number; expired: boolean; storageName: string }): LsatToken {
  const paymentPreimage = sha256(`pool-playground sandbox token ${n}`);
  const paymentHash = sha256(paymentPreimage);
  // An L402 identifier: a version of two bytes, the payment hash, a token id.
  const identifier = Uint8Array.from([0, 0, ...paymentHash, ...sha256(`pool-playground token id ${n}`)]);
  const macaroon = macaroons.newMacaroon({
    identifier,
    location: "sandbox token, worth nothing",
    rootKey: sha256("pool-playground token root key"),
    version: 2,
  });
  return create(LsatTokenSchema, {
    baseMacaroon: Uint8Array.from(macaroon.exportBinary()),
    paymentHash,
    paymentPreimage,
    amountPaidMsat: 1_000_000n,
    routingFeePaidMsat: n === 0 ? 1_250n : 0n,
    timeCreated: BigInt(facts.timeCreated),
    expired: facts.expired,
    storageName: facts.storageName,
  });
}
