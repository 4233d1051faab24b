import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { Answer, PoolWorld } from "./pool-world.ts";
import { eventually } from "./processes.ts";

/** One step of the script: what was done, when in the chain, and what came of it. */
export interface ScriptStep {
  readonly name: string;
  readonly height: number;
  readonly answer: Answer;
}

/** What the script wants to know of the place where it runs. */
export interface ScriptContext {
  /** An address of another wallet on the same network. */
  readonly address: string;
  /** A ticket that another daemon offered. */
  readonly foreignTicket: string;
}

const CONFIRMED = 6;
const FEE = { feeRateSatPerKw: 253n } as const;
const NODE = hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

/** Accounts by the wire's number of their version. */
const VERSIONS = { legacy: 1, taproot: 2, "taproot of the second kind": 3 } as const;

/** Makes the same calls wherever it runs. Throws where it cannot go on, such as without an account. */
export async function runScript(
  world: PoolWorld,
  context: ScriptContext,
  tell: (step: ScriptStep) => void,
): Promise<readonly ScriptStep[]> {
  const steps: ScriptStep[] = [];
  const height = async () => Number(field(await must(world, "GetInfo", {}), "current_block_height"));
  const step = async (name: string, method: string, request: object = {}): Promise<JsonObject> => {
    const done = { name, height: await height(), answer: await world.call(method, request) };
    steps.push(done);
    tell(done);
    return done.answer.kind === "reply" ? (done.answer.json as JsonObject) : {};
  };
  const settle = async (state: string, blocks = CONFIRMED) => {
    const before = await height();
    await world.mine(blocks);
    await eventually(`every account is ${state} ${blocks} blocks on`, async () => {
      if ((await height()) !== before + blocks) return undefined;
      const { accounts } = await must(world, "ListAccounts", {});
      return (accounts as JsonObject[]).every((account) => ["CLOSED", state].includes(String(account.state)))
        ? true
        : undefined;
    });
  };

  await step("a daemon that was never used", "GetInfo");
  await step("no accounts", "ListAccounts");
  await step("no orders", "ListOrders");
  await step("no leases", "Leases");
  await step("no tickets", "ListSidecars");
  await step("no tokens", "GetLsatTokens");
  await step("no modifications", "AccountModificationFees");
  await step("the fee of the auction", "AuctionFee");
  await step("lease durations", "LeaseDurations");
  await step("the next batch", "NextBatchInfo");
  await step("the rating of a node", "NodeRatings", { nodePubkeys: [NODE] });
  await step("no rating without a node", "NodeRatings");
  await step("no batch", "BatchSnapshot");
  await step("no batches", "BatchSnapshots", { numBatchesBack: 5 });
  await step("what an account costs", "QuoteAccount", {
    accountValue: 1_000_000n,
    fees: { case: "confTarget", value: 6 },
  });
  await step("an account too small to quote", "QuoteAccount", {
    accountValue: 99_999n,
    fees: { case: "confTarget", value: 6 },
  });
  await step("an account that is too small", "InitAccount", newAccount(99_999n, 3));
  await step("an account that expires too soon", "InitAccount", {
    ...newAccount(1_000_000n, 3),
    accountExpiry: { case: "relativeHeight", value: 100 },
  });

  const keys: Uint8Array[] = [];
  for (const [kind, version] of Object.entries(VERSIONS)) {
    const opened = await step(`open an account: ${kind}`, "InitAccount", newAccount(2_000_000n, version));
    const key = bytes(opened.trader_key);
    if (key.length !== 33) throw new Error("the account was not opened");
    keys.push(key);
    await step(`the pending account: ${kind}`, "ListAccounts");
    await settle("OPEN");
    await step(`deposit: ${kind}`, "DepositAccount", {
      traderKey: key,
      amountSat: 500_000n,
      ...FEE,
      newVersion: version,
    });
    await settle("OPEN");
    await step(`withdraw: ${kind}`, "WithdrawAccount", {
      traderKey: key,
      outputs: [{ valueSat: 300_000n, address: context.address }],
      ...FEE,
      newVersion: version,
    });
    await settle("OPEN");
    await step(`renew: ${kind}`, "RenewAccount", {
      accountKey: key,
      accountExpiry: { case: "relativeExpiry", value: 3_000 },
      ...FEE,
      newVersion: version,
    });
    await settle("OPEN");
  }
  await step("three open accounts", "ListAccounts");
  await step("their modifications", "AccountModificationFees");
  const [traderKey = new Uint8Array()] = keys.slice(-1);
  await step("an account that is known already", "RecoverAccounts", { accountTarget: 3 });
  await step("withdraw too much", "WithdrawAccount", {
    traderKey,
    outputs: [{ valueSat: 2_150_000n, address: context.address }],
    ...FEE,
  });

  await step("what an order costs", "QuoteOrder", {
    amt: 500_000n,
    rateFixed: 1_000,
    leaseDurationBlocks: 2_016,
    maxBatchFeeRateSatPerKw: 12_500n,
    minUnitsMatch: 1,
  });
  await step("a bid for a duration without a market", "SubmitOrder", bid(traderKey, 500_000n, 2_017));
  await step("a bid that is too dear", "SubmitOrder", bid(traderKey, 50_000_000n, 2_016));
  const bought = await step("a bid", "SubmitOrder", bid(traderKey, 500_000n, 2_016));
  const sold = await step("an ask", "SubmitOrder", ask(traderKey, 300_000n));
  await step("both orders", "ListOrders", { verbose: true });
  await step("what they reserve", "ListAccounts");
  await step("the market with them", "GetInfo");
  await step("no closing with open orders", "CloseAccount", close(traderKey));
  for (const [kind, reply] of [
    ["bid", bought],
    ["ask", sold],
  ] as const) {
    const nonce = bytes(reply.accepted_order_nonce);
    await step(`cancel the ${kind}`, "CancelOrder", { orderNonce: nonce });
    await step(`cancel the ${kind} again`, "CancelOrder", { orderNonce: nonce });
  }
  await step("cancel an order that nobody has", "CancelOrder", { orderNonce: new Uint8Array(32).fill(7) });
  await step("both are canceled", "ListOrders", { verbose: true });

  const offered = await step("offer a sidecar channel", "OfferSidecar", sidecar(traderKey));
  const ticket = String(offered.ticket ?? "");
  const decoded = await step("the ticket", "DecodeSidecarTicket", { ticket });
  await step("one's own ticket", "RegisterSidecar", { ticket });
  const registered = await step("another's ticket", "RegisterSidecar", { ticket: context.foreignTicket });
  await step("the registered ticket", "DecodeSidecarTicket", { ticket: String(registered.ticket ?? "") });
  await step("a ticket that is not ordered yet", "ExpectSidecarChannel", { ticket });
  await step("both tickets", "ListSidecars");
  await step("cancel the ticket", "CancelSidecar", { sidecarId: bytes(decoded.id) });
  await step("cancel it again", "CancelSidecar", { sidecarId: bytes(decoded.id) });
  await step("the canceled ticket", "ListSidecars");

  for (const [at, key] of keys.entries()) {
    await step(`close account ${at + 1}`, "CloseAccount", close(key));
  }
  await step("closing accounts", "ListAccounts");
  await settle("CLOSED");
  await step("closed accounts", "ListAccounts");
  await step("close one again", "CloseAccount", close(traderKey));
  await step("a daemon that was used", "GetInfo");
  return steps;
}

function newAccount(accountValue: bigint, version: number) {
  return {
    accountValue,
    accountExpiry: { case: "relativeHeight", value: 2_016 },
    fees: { case: "feeRateSatPerKw", value: 253n },
    version,
    initiator: "conformance",
  };
}

function details(traderKey: Uint8Array, amt: bigint) {
  return { traderKey, rateFixed: 1_000, amt, maxBatchFeeRateSatPerKw: 12_500n, minUnitsMatch: 1 };
}

function bid(traderKey: Uint8Array, amt: bigint, leaseDurationBlocks: number) {
  const value = { details: details(traderKey, amt), leaseDurationBlocks, version: 5, minNodeTier: 1 };
  return { details: { case: "bid", value }, initiator: "conformance" };
}

function ask(traderKey: Uint8Array, amt: bigint) {
  const value = { details: details(traderKey, amt), leaseDurationBlocks: 4_032, version: 5 };
  return { details: { case: "ask", value }, initiator: "conformance" };
}

function sidecar(traderKey: Uint8Array) {
  return {
    bid: {
      details: { ...details(traderKey, 200_000n), minUnitsMatch: 2 },
      leaseDurationBlocks: 2_016,
      version: 5,
      selfChanBalance: 50_000n,
    },
  };
}

function close(traderKey: Uint8Array) {
  return {
    traderKey,
    fundsDestination: { case: "outputWithFee", value: { fees: { case: "feeRateSatPerKw", value: 253n } } },
  };
}

async function must(world: PoolWorld, method: string, request: object): Promise<JsonObject> {
  const answer = await world.call(method, request);
  if (answer.kind === "refused") throw new Error(`${method}: ${answer.message}`);
  return answer.json as JsonObject;
}

function field(value: JsonObject, name: string): JsonValue {
  return value[name] ?? null;
}

/** Bytes as JSON has them. */
function bytes(value: JsonValue | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(typeof value === "string" ? value : "", "base64"));
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "hex"));
}
