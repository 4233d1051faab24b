import {
  DEMO_AUTH_SIG,
  DEMO_BATCH_VERSION,
  DEMO_COMMIT_HASH,
  DEMO_COMMIT_NONCE,
  DEMO_ORDER_NONCE,
  DEMO_ORDER_PREIMAGE,
  DEMO_TRADER_KEY,
} from "../../sandbox/auctioneer/demo-subscription.ts";
import type { ScriptStep } from "./script-step.ts";

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");
const filled = (length: number, byte: number): string => Buffer.alloc(length, byte).toString("base64");

const COMMIT = { commit: { commit_hash: base64(DEMO_COMMIT_HASH), batch_version: DEMO_BATCH_VERSION } };
const SUBSCRIBE = {
  subscribe: {
    trader_key: base64(DEMO_TRADER_KEY),
    commit_nonce: base64(DEMO_COMMIT_NONCE),
    auth_sig: base64(DEMO_AUTH_SIG),
  },
};

/** A key that is nobody's: 2 times the generator of secp256k1. */
const NEW_KEY = base64("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");

const RESERVED = { account_value: "1000000", account_expiry: 820_000, trader_key: NEW_KEY, version: 2 };

/** The Taproot output of that account: of its keys and its expiry. */
const ACCOUNT_SCRIPT = base64("5120c0f0caa8b1fcd3de7d124470b69312b39754f278c1b5ed7f059fd4f9b3b2206f");

const BOX = { stream_id: filled(64, 5) };
const BOX_AUTH = { desc: BOX, sidecar_auth: { ticket: "a ticket" } };

/** Calls of the auctioneer's two services. Each client has a sandbox of its own for them: they know no worlds. */
export const AUCTIONEER_STEPS: readonly ScriptStep[] = [
  { method: "poolrpc.ChannelAuctioneer.Terms" },
  { method: "poolrpc.ChannelAuctioneer.MarketInfo" },
  { method: "poolrpc.ChannelAuctioneer.NodeRating", request: { node_pubkeys: [NEW_KEY] } },
  { method: "poolrpc.ChannelAuctioneer.BatchSnapshot", keep: { lastBatch: "batch_id" } },
  { method: "poolrpc.ChannelAuctioneer.BatchSnapshots", request: { num_batches_back: 2 } },
  {
    method: "poolrpc.ChannelAuctioneer.RelevantBatchSnapshot",
    request: { id: "{{lastBatch}}", accounts: [base64(DEMO_TRADER_KEY)] },
  },
  { method: "poolrpc.ChannelAuctioneer.ReserveAccount", request: RESERVED },
  {
    method: "poolrpc.ChannelAuctioneer.InitAccount",
    request: { ...RESERVED, account_value: "1000001" },
    refused: { code: 2, message: "account parameters differ from the reservation" },
  },
  {
    method: "poolrpc.ChannelAuctioneer.InitAccount",
    request: {
      ...RESERVED,
      account_point: { txid: filled(32, 7), output_index: 1 },
      account_script: ACCOUNT_SCRIPT,
    },
  },
  {
    method: "poolrpc.ChannelAuctioneer.ModifyAccount",
    request: { trader_key: base64(DEMO_TRADER_KEY), new_params: { value: "900000" } },
  },
  {
    method: "poolrpc.ChannelAuctioneer.SubmitOrder",
    request: {
      bid: {
        details: {
          ...{ trader_key: base64(DEMO_TRADER_KEY), rate_fixed: 3000, amt: "200000", min_chan_amt: "100000" },
          ...{ order_nonce: filled(32, 6), max_batch_fee_rate_sat_per_kw: "12500" },
        },
        ...{ lease_duration_blocks: 2016, version: 5 },
      },
    },
  },
  { method: "poolrpc.ChannelAuctioneer.OrderState", request: { order_nonce: base64(DEMO_ORDER_NONCE) } },
  {
    method: "poolrpc.ChannelAuctioneer.CancelOrder",
    request: { order_nonce_preimage: base64(DEMO_ORDER_PREIMAGE) },
  },
  { method: "poolrpc.ChannelAuctioneer.SubscribeBatchAuction", request: [COMMIT, SUBSCRIBE] },
  { method: "poolrpc.ChannelAuctioneer.SubscribeSidecar", request: [COMMIT, SUBSCRIBE, { recover: {} }] },
  { method: "poolrpc.HashMail.NewCipherBox", request: BOX_AUTH },
  {
    method: "poolrpc.HashMail.NewCipherBox",
    request: BOX_AUTH,
    refused: { code: 6, message: "stream already active" },
  },
  {
    method: "poolrpc.HashMail.SendStream",
    request: [
      { desc: BOX, msg: filled(10, 1) },
      { desc: BOX, msg: filled(1000, 2) },
      { desc: BOX, msg: "" },
    ],
  },
  { method: "poolrpc.HashMail.RecvStream", request: BOX, take: 3 },
  { method: "poolrpc.HashMail.DelCipherBox", request: BOX_AUTH },
  {
    method: "poolrpc.HashMail.RecvStream",
    request: BOX,
    refused: { code: 2, message: "stream not found" },
  },
];
