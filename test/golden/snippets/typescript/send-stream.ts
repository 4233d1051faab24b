import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { CipherBoxDescSchema, CipherBoxSchema, HashMail } from "./gen/auctioneerrpc/hashmail_pb.js";

const baseUrl = "https://localhost:12011";
// The connection, with no certificate trusted but the daemon's own.
const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(join(homedir(), ".pool/regtest/tls.cert")) });
const client = createClient(HashMail, createGrpcTransport({ baseUrl, sessionManager: session }));
const options = {};

function show(reply: MessageShape<typeof CipherBoxDescSchema>) {
  console.log(toJsonString(CipherBoxDescSchema, reply, { prettySpaces: 2 }));
}

const messages = [
  create(CipherBoxSchema, {
    desc: {
      streamId: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
    },
    msg: Buffer.from("00ff", "hex"),
  }),
  create(CipherBoxSchema, {
    desc: {
      streamId: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
    },
  }),
  create(CipherBoxSchema),
];

async function* send() {
  for (const message of messages) yield message;
  // The sending ends (half-close) when this returns.
}

try {
  show(await client.sendStream(send(), options));
} catch (cause) {
  const error = ConnectError.from(cause);
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  process.exitCode = 1;
} finally {
  session.abort();
}
