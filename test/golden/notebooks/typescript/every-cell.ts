// Every kind of cell
//
// One of each, for tests of what runs notebooks.
//
// It talks to the sandbox at localhost:12010 and localhost:12011.
// It changes something by sandbox.v1.Control.MineBlocks, poolrpc.Trader.NodeRatings,
// poolrpc.HashMail.SendStream, sandbox.v1.Control.WatchWorld.
// Values to choose: --blocks, --box.
// It was made for the world of the scenario funded.

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { create } from "@bufbuild/protobuf";
import { type CallOptions, Code, ConnectError, type Interceptor, createClient } from "@connectrpc/connect";
import { Http2SessionManager, createGrpcTransport } from "@connectrpc/connect-node";
import { CipherBoxSchema, HashMail } from "./gen/auctioneerrpc/hashmail_pb.js";
import { ListAccountsRequestSchema, NodeRatingRequestSchema, TokensRequestSchema, Trader } from "./gen/poolrpc/trader_pb.js";
import { Control, LoadScenarioRequestSchema, MineBlocksRequestSchema, WatchWorldRequestSchema } from "./gen/sandbox/v1/control_pb.js";

/** Ends the program with a failure. */
function stop(why: string): never {
  console.error(why);
  process.exit(1);
}

const sessions: Http2SessionManager[] = [];

/** A transport that trusts the daemon's own certificate, and sends the macaroon with every call. */
function connect(address: string, tlsCert: string, macaroon: string | null) {
  const baseUrl = `https://${address}`;
  const sessionManager = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(tlsCert) });
  sessions.push(sessionManager);
  const sent = macaroon === null ? null : readFileSync(macaroon).toString("hex");
  const attach: Interceptor = (next) => (request) => {
    if (sent !== null) request.header.set("macaroon", sent);
    return next(request);
  };
  return createGrpcTransport({ baseUrl, sessionManager, interceptors: [attach] });
}

function failed(cause: unknown): never {
  const error = ConnectError.from(cause);
  stop(`${Code[error.code]}: ${error.rawMessage}`);
}

/** The reply of a call. */
async function call<Reply>(ask: (options: CallOptions) => Promise<Reply>, timeoutMs = 30_000) {
  try {
    return await ask({ timeoutMs });
  } catch (cause) {
    return failed(cause);
  }
}

/** The messages to send. The sending ends (half-close) after them, or with the signal. */
async function* sent<Message>(messages: readonly Message[], until?: AbortSignal) {
  yield* messages;
  if (until !== undefined && !until.aborted) {
    await new Promise((resolve) => until.addEventListener("abort", resolve, { once: true }));
  }
}

/** The messages of a stream, which is cancelled after so many. */
async function collect<Reply>(
  ask: (options: CallOptions) => AsyncIterable<Reply>,
  take: number,
  timeoutMs = 30_000,
) {
  const enough = new AbortController();
  const messages: Reply[] = [];
  try {
    for await (const reply of ask({ timeoutMs, signal: enough.signal })) {
      messages.push(reply);
      if (messages.length === take) break;
    }
  } catch (cause) {
    failed(cause);
  } finally {
    enough.abort();
  }
  return messages;
}

/** How a call fails that is to fail with this code. */
async function refusal(
  code: Code,
  name: string,
  ask: (options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>,
  timeoutMs = 30_000,
) {
  try {
    const asked = ask({ timeoutMs });
    if (asked instanceof Promise) await asked;
    else for await (const _ of asked);
  } catch (cause) {
    const error = ConnectError.from(cause);
    if (error.code === code) return { code: BigInt(code), name, message: error.rawMessage };
    stop(`It was to fail with ${name}, and gave ${Code[error.code]}: ${error.rawMessage}`);
  }
  return stop(`It was to fail with ${name}, and it did not fail.`);
}

/** Asks until the condition holds over the reply, and gives that reply. Times are milliseconds. */
async function wait<Reply>(
  ask: (options: CallOptions) => Promise<Reply>,
  holds: (reply: Reply) => boolean,
  patience: number,
  every: number,
  timeoutMs = 30_000,
) {
  const giveUp = performance.now() + patience;
  for (;;) {
    const reply = await call(ask, timeoutMs);
    if (holds(reply)) return reply;
    if (performance.now() + every > giveUp) stop(`It did not become true within ${patience / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** Ends the program where something is not so. */
function check(say: string, holds: boolean) {
  if (!holds) stop(`Not so: ${say}`);
  console.log(`Held: ${say}`);
}

/** A whole number that somebody gave. */
function wholeInput(label: string, typed: string, least: bigint, most: bigint) {
  if (!/^-?\d{1,19}$/.test(typed.trim())) stop(`${label}: write a whole number`);
  const value = BigInt(typed.trim());
  if (value < least || value > most) stop(`${label}: from ${least} to ${most}`);
  return value;
}

/** Bytes that somebody gave as hex. */
function bytesInput(label: string, typed: string) {
  if (!/^([0-9a-fA-F]{2})*$/.test(typed.trim())) {
    stop(`${label}: write bytes as hex, two digits from 0 to f for each`);
  }
  return unhex(typed.trim());
}

/** An item of a list, which must be there. */
function at<Item>(items: readonly Item[], index: number): Item {
  if (!Object.hasOwn(items, index)) throw new RangeError(`the list has no element ${index}`);
  return items[index] as Item;
}

/** The bytes that hex writes out. */
function unhex(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is not hex`);
  return Buffer.from(text, "hex");
}

/** A value in words: bytes as hex. */
function text(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(text).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).filter(([name, each]) => !name.startsWith("$") && each !== undefined);
  return fields.map(([name, each]) => `${name}: ${text(each)}`).join(", ");
}

/** Prints rows under their headings. */
function table(headings: readonly string[], rows: readonly (readonly unknown[])[]) {
  const lines = [headings, ...rows.map((row) => row.map(text))];
  const widths = headings.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  for (const line of lines) {
    console.log(line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ").trimEnd());
  }
}

const { values } = parseArgs({
  options: {
    // How many blocks (blocks)
    "blocks": { type: "string", default: "3" },
    // Which mailbox
    "box": { type: "string", default: "706f6f6c2d706c617967726f756e642f64656d6f2d6d61696c626f782f3031a55f0c3e9d71b2486ad4835c19e7f02b6d8847ca30915e6fb214d97a03c8e56d21" },
    // Begins the world anew with the scenario funded: what is there is lost.
    "from-scenario": { type: "boolean", default: false },
  },
});

const transport1 = connect("localhost:12010", join(homedir(), ".pool/regtest/tls.cert"), join(homedir(), ".pool/regtest/pool.macaroon"));
const controlClient = createClient(Control, transport1);
const traderClient = createClient(Trader, transport1);
const transport2 = connect("localhost:12011", join(homedir(), ".pool/regtest/tls.cert"), null);
const hashMailClient = createClient(HashMail, transport2);

if (values["from-scenario"]) {
  await call(
    (options) => controlClient.loadScenario(create(LoadScenarioRequestSchema, { name: "funded", seed: 3n }), options),
  );
}

// What this one calls is GetInfo, *streams* in `both` directions, and a place here:
//
// 1. one
// 2. two

const blocks = wholeInput("How many blocks", values["blocks"], 1n, 10n);

console.log("sandbox.v1.Control.MineBlocks");
const mined = await call(
  (options) => controlClient.mineBlocks(create(MineBlocksRequestSchema, { numBlocks: Number(blocks) }), options),
);

const sum = BigInt(mined.blockHeight) + blocks;
console.log("sum:", text(sum));

console.log("poolrpc.Trader.ListAccounts");
const listed = await wait(
  (options) => traderClient.listAccounts(create(ListAccountsRequestSchema), options),
  (listed) => listed.accounts.length > 1,
  5000,
  50,
);

check("Some account holds something", listed.accounts.some((a) => a.value > 0n));

table(
  ["Key", "Value"],
  listed.accounts.map((row) => [Buffer.from(row.traderKey).toString("hex"), row.value]),
);

console.log("Values");
table(["block height", "sat"], listed.accounts.map((row) => [row.expirationHeight, row.value]));

console.log("poolrpc.Trader.NodeRatings");
const refused = await refusal(
  2,
  "UNKNOWN",
  (options) => traderClient.nodeRatings(create(NodeRatingRequestSchema), options),
);

const box = bytesInput("Which mailbox", values["box"]);

console.log("poolrpc.HashMail.SendStream");
const sent_ = await call(
  (options) => hashMailClient.sendStream(
    sent(
      [create(CipherBoxSchema, { desc: { streamId: box }, msg: Buffer.from("6f6e65", "hex") }), create(CipherBoxSchema, { desc: { streamId: box }, msg: Buffer.from("74776f", "hex") })],
    ),
    options,
  ),
);

console.log("sandbox.v1.Control.WatchWorld");
const world = await collect((options) => controlClient.watchWorld(create(WatchWorldRequestSchema), options), 1);

console.log("poolrpc.Trader.GetLsatTokens");
const tokens = await call((options) => traderClient.getLsatTokens(create(TokensRequestSchema), options));

const opens = Buffer.from(at(tokens.tokens, 0).baseMacaroon).toString("hex");

for (const session of sessions) session.abort();
