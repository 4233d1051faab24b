import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { ChannelAuctioneer, ClientAuctionMessageSchema, ServerAuctionMessageSchema } from "./gen/auctioneerrpc/auctioneer_pb.js";

const baseUrl = "https://localhost:12011";
// The connection, with no certificate trusted but the daemon's own.
const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(join(homedir(), ".pool/regtest/tls.cert")) });
const client = createClient(ChannelAuctioneer, createGrpcTransport({ baseUrl, sessionManager: session }));
const options = {};

function show(reply: MessageShape<typeof ServerAuctionMessageSchema>) {
  console.log(toJsonString(ServerAuctionMessageSchema, reply, { prettySpaces: 2 }));
}

const messages = [
  create(ClientAuctionMessageSchema, {
    msg: {
      case: "commit",
      value: {
        commitHash: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
        batchVersion: 10,
      },
    },
  }),
  create(ClientAuctionMessageSchema, {
    msg: {
      case: "subscribe",
      value: {
        traderKey: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
        commitNonce: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
        authSig: Buffer.from("00ff", "hex"),
      },
    },
  }),
];

async function* send() {
  for (const message of messages) yield message;
  // The sending ends (half-close) when this returns.
}

try {
  for await (const reply of client.subscribeBatchAuction(send(), options)) show(reply);
} catch (cause) {
  const error = ConnectError.from(cause);
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  process.exitCode = 1;
} finally {
  session.abort();
}
