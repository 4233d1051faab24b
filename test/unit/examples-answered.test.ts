import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { DescMessage, DescMethod, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import { ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { ChannelAuctioneer, ClientAuctionMessageSchema } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { CipherBoxDescSchema, CipherBoxSchema, HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { Control } from "../../gen/sandbox/v1/control_pb.ts";
import { parseExamples } from "../../lib/editor/example.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { poolRegistry } from "./schema/pool-registry.ts";

/** What these calls need a caller to have done before. */
const before: Readonly<Record<string, readonly string[]>> = {
  "poolrpc.ChannelAuctioneer.InitAccount": ["poolrpc.ChannelAuctioneer.ReserveAccount"],
};

interface ReadExample<Desc extends DescMessage> {
  readonly title: string;
  readonly messages: readonly MessageShape<Desc>[];
}

function readExamples<Desc extends DescMessage>(method: string, desc: Desc): ReadExample<Desc>[] {
  const file = new URL(`../../content/examples/${method}.jsonc`, import.meta.url);
  return parseExamples(readFileSync(file, "utf8")).map(({ title, messages }) => ({
    title,
    messages: messages.map((text) => {
      const read = readRequest(text, desc, { bytes: "hex", registry: poolRegistry });
      assert.ok(read.kind === "ok", 'read.kind === "ok"');
      return read.message as MessageShape<Desc>;
    }),
  }));
}

/** The messages of a method's first example. */
function example<Desc extends DescMessage>(method: string, desc: Desc): readonly MessageShape<Desc>[] {
  return readExamples(method, desc)[0]?.messages ?? assert.fail(`${method} has no example`);
}

/** A new sandbox for one method: its example must do without what the others' did. */
async function withSandbox(use: (trader: Transport, auctioneer: Transport) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "pool-examples-"));
  const sandbox = await startSandbox({ dir, port: 0, auctioneerPort: 0, blockInterval: 0 });
  const ca = readFileSync(sandbox.tlsCertPath);
  const macaroon = readFileSync(sandbox.macaroonPath).toString("hex");
  const sessions = [sandbox.port, sandbox.auctioneerPort].map(
    (port) => new Http2SessionManager(`https://localhost:${port}`, {}, { ca }),
  );
  const [trader, auctioneer] = sessions.map((sessionManager) =>
    createGrpcTransport({
      baseUrl: sessionManager.authority,
      sessionManager,
      interceptors: [
        (next) => (request) => {
          request.header.set("macaroon", macaroon);
          return next(request);
        },
      ],
    }),
  );
  assert.ok(trader && auctioneer, "trader && auctioneer");
  try {
    await use(trader, auctioneer);
  } finally {
    for (const session of sessions) session.abort();
    await sandbox.stop();
    rmSync(dir, { recursive: true });
  }
}

/**
 * What a real daemon refuses too, with its words, by method and title. Titles say so; but RecoverAccounts is refused where
 * nothing was lost, as in every sandbox.
 */
const refused: Readonly<Record<string, RegExp>> = {
  "poolrpc.Trader.QuoteAccount: Too small an account (refused)":
    /^minimum account value allowed is 0\.00100000 BTC$/,
  "poolrpc.Trader.InitAccount: Expires too soon (refused)":
    /^current minimum account expiry allowed is height \d+$/,
  "poolrpc.Trader.CloseAccount: One with open orders (refused)":
    /has open orders, cancel them before closing/,
  "poolrpc.Trader.CloseAccount: One that is closed already (refused)": /^account has already been closed$/,
  "poolrpc.Trader.WithdrawAccount: Too low a fee rate (refused)":
    /^fee rate of 252 sat\/kw is too low, minimum is 253 sat\/kw$/,
  "poolrpc.Trader.DepositAccount: Into an account that is not there (refused)": /^account not found$/,
  "poolrpc.Trader.RenewAccount: Too far away (refused)":
    /^current maximum account expiry allowed is height \d+$/,
  "poolrpc.Trader.BumpAccountFee: Nothing to bump (refused)":
    /^cannot bump fee for account in state StateOpen$/,
  "poolrpc.Trader.RecoverAccounts: From the auctioneer": /is already subscribed, cannot recover$/,
  "poolrpc.Trader.RecoverAccounts: From the chain, without the auctioneer": /^unable to get auctioner data$/,
  "poolrpc.Trader.SubmitOrder: More than the account holds (refused)": /insufficient account balance$/,
  "poolrpc.Trader.CancelOrder: An order that is not there (refused)": /^no order found$/,
  "poolrpc.Trader.QuoteOrder: No smallest match (refused)": /^min units match must be specified$/,
  "poolrpc.Trader.BatchSnapshot: A batch that is not there (refused)": /^batch snapshot not found$/,
  "poolrpc.Trader.OfferSidecar: No whole units (refused)":
    /^channel capacity must be positive multiple of 100000$/,
  "poolrpc.Trader.RegisterSidecar: A ticket that was changed (refused)":
    /invalid sidecar ticket, checksum mismatch$/,
  "poolrpc.Trader.ExpectSidecarChannel: A ticket that has no bid yet (refused)":
    /sidecar ticket in state offered, expected ordered$/,
  "poolrpc.Trader.DecodeSidecarTicket: No ticket at all (refused)":
    /invalid sidecar ticket, checksum mismatch$/,
  "poolrpc.Trader.CancelSidecar: One that is cancelled already (refused)":
    /found or ticket is already in terminal state$/,
  "poolrpc.Trader.CancelSidecar: One that is not there (refused)":
    /found or ticket is already in terminal state$/,
  "poolrpc.ChannelAuctioneer.OrderState: An order that is not there (refused)": /^no order found$/,
  "poolrpc.ChannelAuctioneer.BatchSnapshot: A batch that is not there (refused)":
    /^batch snapshot not found$/,
  "sandbox.v1.Control.ImportWorld: What ExportWorld did not give (refused)":
    /^the bytes are not a world that ExportWorld of this version gave$/,
};

const SERVED_BY_DAEMON = ["Trader", "Control"];

const unary = new Map(
  [Trader, Control, ChannelAuctioneer, HashMail]
    .flatMap((service): readonly DescMethod[] => service.methods)
    .filter((method): method is DescMethodUnary => method.methodKind === "unary")
    .map((method) => [`${method.parent.typeName}.${method.name}`, method]),
);

describe("the sandbox answers each example as its title says", () => {
  const told = new Set(Object.keys(refused));
  for (const [name, method] of unary) {
    for (const { title, messages } of readExamples(name, method.input)) {
      const key = `${name}: ${title}`;
      told.delete(key);
      test(key, () =>
        withSandbox(async (trader, auctioneer) => {
          const transport = SERVED_BY_DAEMON.includes(method.parent.name) ? trader : auctioneer;
          for (const first of before[key] ?? before[name] ?? []) {
            const earlier = unary.get(first);
            assert.ok(earlier, "earlier");
            await transport.unary(
              earlier,
              undefined,
              10_000,
              undefined,
              example(first, earlier.input)[0] ?? {},
            );
          }
          const [message] = messages;
          assert.ok(message, "message");
          const call = transport.unary(method, undefined, 10_000, undefined, message);
          const refusal = refused[key];
          assert.ok(
            refusal !== undefined || !title.includes("(refused)"),
            "the title says that it is refused",
          );
          if (refusal !== undefined) {
            await assert.rejects(call, (error) => {
              assert.match(ConnectError.from(error).rawMessage, refusal);
              return true;
            });
            return;
          }
          const reply = (await call).message;
          assert.equal(reply.$typeName, method.output.typeName);
          assert.ok(
            !("details" in reply) || !isInvalidOrder(reply.details),
            '!("details" in reply) || !isInvalidOrder(reply.details)',
          );
        }),
      );
    }
  }

  test("each refusal that is told is of an example", () => assert.deepEqual([...told], []));
});

function isInvalidOrder(details: unknown): boolean {
  return (
    typeof details === "object" && details !== null && "case" in details && details.case === "invalidOrder"
  );
}

test("RecvStream's examples: letters of the demo mailbox, and a box that is not there", () =>
  withSandbox(async (_, auctioneer) => {
    const [demo, missing] = readExamples("poolrpc.HashMail.RecvStream", CipherBoxDescSchema);
    const client = createClient(HashMail, auctioneer);
    assert.ok(demo?.messages[0] && missing?.messages[0], "an example is missing");
    for await (const letter of client.recvStream(demo.messages[0])) {
      assert.match(Buffer.from(letter.msg).toString(), /"letter":1/);
      break;
    }
    assert.match(missing.title, /\(refused\)$/);
    await assert.rejects(async () => {
      for await (const letter of client.recvStream(missing.messages[0] ?? {}))
        assert.fail(String(letter.msg));
    }, /stream not found/);
  }));

for (const { title, messages } of readExamples("poolrpc.HashMail.SendStream", CipherBoxSchema)) {
  test(`SendStream takes ${title}`, () =>
    withSandbox(async (_, auctioneer) => {
      async function* letters() {
        yield* messages;
      }
      const desc = await createClient(HashMail, auctioneer).sendStream(letters());
      assert.equal(desc.streamId.length, 64);
    }));
}

/** What is heard in the conversation of each example, until it has come to its end. */
const CONVERSATIONS: Readonly<Record<string, readonly string[]>> = {
  "Up to the finished batch": ["challenge", "success", "prepare", "sign", "finalize"],
  "Sign in only": ["challenge", "success"],
  "Reject the batch": ["challenge", "success", "prepare"],
};

for (const name of ["SubscribeBatchAuction", "SubscribeSidecar"] as const) {
  const examples = readExamples(`poolrpc.ChannelAuctioneer.${name}`, ClientAuctionMessageSchema);
  for (const { title, messages } of examples) {
    test(`${name}: ${title} is one conversation`, () =>
      withSandbox(async (_, auctioneer) => {
        const client = createClient(ChannelAuctioneer, auctioneer);
        const method = name === "SubscribeSidecar" ? client.subscribeSidecar : client.subscribeBatchAuction;
        const prompts: (() => void)[] = [];
        const prompted = messages.map(
          (_, index) => new Promise<void>((resolve) => (prompts[index] = resolve)),
        );
        async function* say() {
          for (const [index, message] of messages.entries()) {
            await prompted[index];
            yield message;
          }
        }
        prompts[0]?.();
        const expected = CONVERSATIONS[title] ?? assert.fail(`what is heard in ${title}?`);
        const heard: (string | undefined)[] = [];
        for await (const { msg } of method(say(), { signal: AbortSignal.timeout(20_000) })) {
          heard.push(msg.case);
          assert.notEqual(msg.case, "error", JSON.stringify(msg.value?.$typeName));
          const next = { challenge: 1, prepare: 2, sign: 3 }[msg.case as string];
          if (next !== undefined) prompts[next]?.();
          if (heard.length === expected.length) break;
        }
        assert.deepEqual(heard, expected);
      }));
  }
}
