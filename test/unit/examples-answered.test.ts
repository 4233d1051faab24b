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
import { parseExamples } from "../../lib/editor/example.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { poolRegistry } from "./schema/pool-registry.ts";

/** What these calls need a caller to have done before. */
const before: Readonly<Record<string, readonly string[]>> = {
  "poolrpc.ChannelAuctioneer.InitAccount": ["poolrpc.ChannelAuctioneer.ReserveAccount"],
};

function example<Desc extends DescMessage>(method: string, desc: Desc): MessageShape<Desc>[] {
  const file = new URL(`../../content/examples/${method}.jsonc`, import.meta.url);
  const [first] = parseExamples(readFileSync(file, "utf8"));
  return (first?.messages ?? []).map((text) => {
    const read = readRequest(text, desc, { bytes: "hex", registry: poolRegistry });
    assert.ok(read.kind === "ok", 'read.kind === "ok"');
    return read.message as MessageShape<Desc>;
  });
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

/** What a real daemon refuses too, with its words: its accounts are subscribed from the start. */
const refused: Readonly<Record<string, RegExp>> = {
  "poolrpc.Trader.RecoverAccounts": /is already subscribed, cannot recover$/,
};

const unary = new Map(
  [Trader, ChannelAuctioneer, HashMail]
    .flatMap((service): readonly DescMethod[] => service.methods)
    .filter((method): method is DescMethodUnary => method.methodKind === "unary")
    .map((method) => [`${method.parent.typeName}.${method.name}`, method]),
);

describe("the sandbox answers each example OK", () => {
  for (const name of unary.keys()) {
    test(name, () =>
      withSandbox(async (trader, auctioneer) => {
        for (const each of [...(before[name] ?? []), name]) {
          const method = unary.get(each);
          assert.ok(method, "method");
          const [message] = example(each, method.input);
          assert.ok(message, "message");
          const transport = method.parent.name === "Trader" ? trader : auctioneer;
          const call = transport.unary(method, undefined, 10_000, undefined, message);
          const refusal = refused[each];
          if (refusal !== undefined) {
            await assert.rejects(call, (error) => refusal.test(ConnectError.from(error).rawMessage));
            continue;
          }
          const reply = (await call).message;
          assert.equal(reply.$typeName, method.output.typeName);
          assert.ok(
            !("details" in reply) || !isInvalidOrder(reply.details),
            '!("details" in reply) || !isInvalidOrder(reply.details)',
          );
        }
      }),
    );
  }
});

function isInvalidOrder(details: unknown): boolean {
  return (
    typeof details === "object" && details !== null && "case" in details && details.case === "invalidOrder"
  );
}

test("RecvStream's example receives letters", () =>
  withSandbox(async (_, auctioneer) => {
    const [desc] = example("poolrpc.HashMail.RecvStream", CipherBoxDescSchema);
    assert.ok(desc, "desc");
    for await (const letter of createClient(HashMail, auctioneer).recvStream(desc)) {
      assert.match(Buffer.from(letter.msg).toString(), /"letter":1/);
      return;
    }
  }));

test("SendStream's examples are taken", () =>
  withSandbox(async (_, auctioneer) => {
    async function* letters() {
      yield* example("poolrpc.HashMail.SendStream", CipherBoxSchema);
    }
    const desc = await createClient(HashMail, auctioneer).sendStream(letters());
    assert.equal(desc.streamId.length, 64);
  }));

for (const name of ["SubscribeBatchAuction", "SubscribeSidecar"] as const) {
  test(`${name}'s examples are one conversation, up to the finished batch`, () =>
    withSandbox(async (_, auctioneer) => {
      const client = createClient(ChannelAuctioneer, auctioneer);
      const method = name === "SubscribeSidecar" ? client.subscribeSidecar : client.subscribeBatchAuction;
      const messages = example(`poolrpc.ChannelAuctioneer.${name}`, ClientAuctionMessageSchema);
      const prompts: (() => void)[] = [];
      const prompted = messages.map((_, index) => new Promise<void>((resolve) => (prompts[index] = resolve)));
      async function* say() {
        for (const [index, message] of messages.entries()) {
          await prompted[index];
          yield message;
        }
      }
      prompts[0]?.();
      const heard: (string | undefined)[] = [];
      for await (const { msg } of method(say(), { signal: AbortSignal.timeout(20_000) })) {
        heard.push(msg.case);
        assert.notEqual(msg.case, "error", JSON.stringify(msg.value?.$typeName));
        const next = { challenge: 1, prepare: 2, sign: 3 }[msg.case as string];
        if (next !== undefined) prompts[next]?.();
        if (msg.case === "finalize") break;
      }
      assert.deepEqual(heard, ["challenge", "success", "prepare", "sign", "finalize"]);
    }));
}
