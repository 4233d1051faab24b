import assert from "node:assert/strict";
import { create, toBinary } from "@bufbuild/protobuf";
import { SubmitOrderRequestSchema } from "../../../gen/poolrpc/trader_pb.ts";
import type { Playground } from "./playground.ts";

/** A write of the peer that moves money. */
export const SUBMIT = "poolrpc.Trader.SubmitOrder";

/** The bytes of an order that a daemon can take, for so many sat. */
export function order(sat: bigint): Uint8Array {
  const details = { traderKey: new Uint8Array(33).fill(2), amt: sat, rateFixed: 4960 };
  return toBinary(
    SubmitOrderRequestSchema,
    create(SubmitOrderRequestSchema, {
      details: { case: "bid", value: { details, leaseDurationBlocks: 2016 } },
    }),
  );
}

/** What the two routes of writes answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `POST /api/writes`. */
export async function switchWrites(
  playground: Playground,
  allow: unknown,
  profile: unknown = "poold",
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const { origin, cookie } = playground;
  const response = await fetch(`${origin}/api/writes`, {
    method: "POST",
    headers: { cookie, origin, "content-type": "application/json", ...headers },
    body: JSON.stringify({ profile, allow }),
  });
  return { status: response.status, body: (await response.json()) as ApiAnswer["body"] };
}

/** `POST /api/confirm`. */
export async function askConfirmation(
  { origin, cookie }: Playground,
  message: Uint8Array,
  { profile = "poold", method = SUBMIT, headers = {} as Readonly<Record<string, string>> } = {},
): Promise<ApiAnswer> {
  const query = new URLSearchParams({ profile, method });
  const response = await fetch(`${origin}/api/confirm?${query}`, {
    method: "POST",
    headers: { cookie, origin, "content-type": "application/octet-stream", ...headers },
    body: new Uint8Array(message),
  });
  return { status: response.status, body: (await response.json()) as ApiAnswer["body"] };
}

/** A nonce for this write; fails where the server gives none. */
export async function confirmed(
  playground: Playground,
  message: Uint8Array,
  asked: Parameters<typeof askConfirmation>[2] = {},
): Promise<string> {
  const { status, body } = await askConfirmation(playground, message, asked);
  assert.equal(status, 200, String(body.message));
  assert.ok(typeof body.nonce === "string", "there is no nonce");
  return body.nonce;
}
