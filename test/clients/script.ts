import { SCENARIOS } from "../../sandbox/ledger/scenarios.ts";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import { AUCTIONEER_STEPS } from "./script-auctioneer.ts";
import type { ScriptStep } from "./script-step.ts";

/** The world that each client makes for itself. */
export const SCRIPT_WORLD = { scenario: "busy-market", seed: "7" } as const;

const ADDRESS = "bcrt1qjg0j52cmt2lazu8q9u5x8varkvvzf3uqd49ypc";
const NOBODYS_NONCE = Buffer.alloc(32, 9).toString("base64");
/** The account of the scenario that has the lowest key. */
const FIRST_KEY = "0216c15185b39deb423e94d0c64d3625bc9a48eba3eb52af042bcb490989e69f0d";
const ASK_NONCE = Buffer.alloc(32, 1).toString("base64");
const BID_NONCE = Buffer.alloc(32, 2).toString("base64");

const ACCOUNT_STEPS: readonly ScriptStep[] = [
  { method: "sandbox.v1.Control.ListScenarios" },
  { method: "sandbox.v1.Control.GetWorld" },
  { method: "poolrpc.Trader.GetInfo" },
  { method: "poolrpc.Trader.QuoteAccount", request: { account_value: "2000000", conf_target: 6 } },
  {
    method: "poolrpc.Trader.QuoteAccount",
    request: { account_value: "99999", conf_target: 6 },
    refused: { code: 2, message: "minimum account value allowed is 0.00100000 BTC" },
  },
  {
    method: "poolrpc.Trader.QuoteAccount",
    request: { account_value: "18446744073709551615", conf_target: 6 },
    refused: { code: 2, message: "minimum account value allowed is 0.00100000 BTC" },
  },
  {
    method: "poolrpc.Trader.InitAccount",
    request: { account_value: "2000000", relative_height: 4032, conf_target: 6, initiator: "script" },
    keep: { account: "trader_key" },
  },
  {
    method: "poolrpc.Trader.BumpAccountFee",
    request: { trader_key: "{{account}}", fee_rate_sat_per_kw: "1000" },
  },
  { method: "sandbox.v1.Control.MineBlocks", request: { num_blocks: 6 } },
  { method: "poolrpc.Trader.ListAccounts", request: { active_only: true } },
  {
    method: "poolrpc.Trader.DepositAccount",
    request: { trader_key: "{{account}}", amount_sat: "500000", fee_rate_sat_per_kw: "253" },
  },
  { method: "sandbox.v1.Control.MineBlocks", request: { num_blocks: 6 } },
  {
    method: "poolrpc.Trader.WithdrawAccount",
    request: {
      trader_key: "{{account}}",
      outputs: [{ value_sat: "100000", address: ADDRESS }],
      fee_rate_sat_per_kw: "253",
    },
  },
  { method: "sandbox.v1.Control.MineBlocks", request: { num_blocks: 6 } },
  {
    method: "poolrpc.Trader.RenewAccount",
    request: { account_key: "{{account}}", relative_expiry: 9000, fee_rate_sat_per_kw: "253" },
  },
  { method: "sandbox.v1.Control.MineBlocks", request: { num_blocks: 6 } },
  { method: "poolrpc.Trader.AccountModificationFees" },
  {
    method: "poolrpc.Trader.RecoverAccounts",
    refused: {
      code: 2,
      message: `error performing recovery: could not recover account ${FIRST_KEY}: account ${FIRST_KEY} is already subscribed, cannot recover`,
    },
  },
];

const ORDER_DETAILS = {
  trader_key: "{{account}}",
  amt: "300000",
  max_batch_fee_rate_sat_per_kw: "25000",
  min_units_match: 1,
};

const ORDER_STEPS: readonly ScriptStep[] = [
  {
    method: "poolrpc.Trader.QuoteOrder",
    // No double has this amount.
    request: {
      ...{ amt: "9007199254740993", rate_fixed: 4_294_967_295, lease_duration_blocks: 2016 },
      ...{ max_batch_fee_rate_sat_per_kw: "25000", min_units_match: 1 },
    },
  },
  {
    method: "poolrpc.Trader.QuoteOrder",
    request: {
      ...{ amt: "300000", rate_fixed: 4000, lease_duration_blocks: 2016 },
      ...{ max_batch_fee_rate_sat_per_kw: "25000", min_units_match: 1 },
    },
  },
  {
    method: "poolrpc.Trader.SubmitOrder",
    refused: { code: 2, message: "invalid order request" },
  },
  {
    method: "poolrpc.Trader.SubmitOrder",
    request: {
      ask: {
        details: { ...ORDER_DETAILS, rate_fixed: 900, order_nonce: ASK_NONCE },
        ...{ lease_duration_blocks: 2016, version: 5 },
      },
    },
  },
  {
    method: "poolrpc.Trader.SubmitOrder",
    request: {
      bid: {
        details: { ...ORDER_DETAILS, amt: "100000", rate_fixed: 20, order_nonce: BID_NONCE },
        ...{ lease_duration_blocks: 2016, version: 5, min_node_tier: "TIER_1" },
      },
    },
  },
  { method: "poolrpc.Trader.ListOrders", request: { verbose: true } },
  { method: "poolrpc.Trader.CancelOrder", request: { order_nonce: BID_NONCE } },
  {
    method: "poolrpc.Trader.CancelOrder",
    request: { order_nonce: NOBODYS_NONCE },
    refused: { code: 2, message: "no order found" },
  },
  { method: "sandbox.v1.Control.ClearBatch" },
  { method: "sandbox.v1.Control.MineBlocks", request: { num_blocks: 3 } },
  { method: "poolrpc.Trader.ListOrders", request: { active_only: true } },
  { method: "poolrpc.Trader.BatchSnapshot", keep: { batch: "batch_id" } },
  {
    method: "poolrpc.Trader.BatchSnapshots",
    request: { start_batch_id: "{{batch}}", num_batches_back: 3 },
  },
  {
    method: "poolrpc.Trader.BatchSnapshot",
    request: { batch_id: Buffer.alloc(33, 2).toString("base64") },
    refused: { code: 2, message: "batch snapshot not found" },
  },
  { method: "poolrpc.Trader.Leases", request: { batch_ids: ["{{batch}}"], accounts: ["{{account}}"] } },
  { method: "poolrpc.Trader.LeaseDurations" },
  { method: "poolrpc.Trader.NextBatchInfo" },
  { method: "poolrpc.Trader.AuctionFee" },
  { method: "poolrpc.Trader.NodeRatings", request: { node_pubkeys: ["{{account}}"] } },
  { method: "poolrpc.Trader.GetLsatTokens" },
];

const SIDECAR_STEPS: readonly ScriptStep[] = [
  {
    method: "poolrpc.Trader.OfferSidecar",
    request: {
      bid: {
        details: { trader_key: "{{account}}", amt: "200000" },
        ...{ self_chan_balance: "10000", lease_duration_blocks: 2016 },
      },
    },
    keep: { ticket: "ticket" },
  },
  {
    method: "poolrpc.Trader.DecodeSidecarTicket",
    request: { ticket: "{{ticket}}" },
    keep: { ticketId: "id" },
  },
  {
    method: "poolrpc.Trader.DecodeSidecarTicket",
    request: { ticket: "none" },
    refused: { code: 2, message: "error decoding ticket: string contains invalid prefix" },
  },
  { method: "poolrpc.Trader.RegisterSidecar", request: { ticket: SEED.tickets.incoming } },
  {
    method: "poolrpc.Trader.RegisterSidecar",
    request: { ticket: SEED.tickets.incoming },
    refused: { code: 2, message: `ticket with ID ${SEED.ticketIds.incoming} already exists` },
  },
  { method: "poolrpc.Trader.ExpectSidecarChannel", request: { ticket: SEED.tickets.ordered } },
  { method: "poolrpc.Trader.ListSidecars", request: { sidecar_id: "{{ticketId}}" } },
  { method: "poolrpc.Trader.CancelSidecar", request: { sidecar_id: "{{ticketId}}" } },
  { method: "poolrpc.Trader.ListSidecars" },
];

const CONTROL_STEPS: readonly ScriptStep[] = [
  { method: "sandbox.v1.Control.WatchWorld", take: 1 },
  { method: "sandbox.v1.Control.AdvanceClock", request: { seconds: "3600" } },
  { method: "sandbox.v1.Control.SetFeeRates", request: { next_batch_fee_rate_sat_per_kw: "5000" } },
  {
    method: "sandbox.v1.Control.SetFeeRates",
    request: { chain_fee_rate_sat_per_kw: "252" },
    refused: { code: 2, message: "a fee rate of 252 sat/kw is below the 253 sat/kw that nodes relay" },
  },
  { method: "sandbox.v1.Control.SetAuctioneer", request: { mode: "AUCTIONEER_MODE_DOWN" } },
  {
    method: "poolrpc.Trader.AuctionFee",
    refused: {
      code: 2,
      message:
        'unable to query auctioneer terms: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:12009: connect: connection refused"',
    },
  },
  { method: "sandbox.v1.Control.SetAuctioneer", request: { mode: "AUCTIONEER_MODE_UP" } },
  {
    method: "poolrpc.Trader.CloseAccount",
    request: { trader_key: "{{account}}", output_with_fee: { address: ADDRESS, fee_rate_sat_per_kw: "253" } },
  },
  { method: "poolrpc.Trader.ListAccounts" },
  // Of a world that is not the sandbox's first: the daemon stays for everybody else.
  { method: "poolrpc.Trader.StopDaemon" },
  { method: "poolrpc.Trader.GetInfo" },
  { method: "sandbox.v1.Control.ExportWorld", keep: { exported: "world" } },
  {
    method: "sandbox.v1.Control.LoadScenario",
    // Text that gRPC has to escape on its way back.
    request: { name: "100% früh\n" },
    refused: {
      code: 2,
      message: `there is no scenario "100% früh\n": there are ${SCENARIOS.map(({ name }) => name).join(", ")}`,
    },
  },
  { method: "sandbox.v1.Control.LoadScenario", request: { name: "fresh" } },
  { method: "poolrpc.Trader.RecoverAccounts" },
  { method: "sandbox.v1.Control.ImportWorld", request: { world: "{{exported}}" } },
  {
    method: "sandbox.v1.Control.ImportWorld",
    request: { world: "bm90aGluZw==" },
    refused: { code: 2, message: "the bytes are not a world that ExportWorld of this version gave" },
  },
];

/** The calls that every client makes, in this order. */
export const SCRIPT: readonly ScriptStep[] = [
  ...ACCOUNT_STEPS,
  ...ORDER_STEPS,
  ...SIDECAR_STEPS,
  ...CONTROL_STEPS,
  ...AUCTIONEER_STEPS,
];
