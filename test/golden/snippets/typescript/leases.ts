import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { LeasesRequestSchema, LeasesResponseSchema, Trader } from "./gen/poolrpc/trader_pb.js";

const baseUrl = "https://localhost:12010";
// The connection, with no certificate trusted but the daemon's own.
const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(join(homedir(), ".pool/regtest/tls.cert")) });
const client = createClient(Trader, createGrpcTransport({ baseUrl, sessionManager: session }));
const options = {
  headers: { macaroon: readFileSync(join(homedir(), ".pool/regtest/pool.macaroon")).toString("hex") },
  timeoutMs: 30000,
};

function show(reply: MessageShape<typeof LeasesResponseSchema>) {
  console.log(toJsonString(LeasesResponseSchema, reply, { prettySpaces: 2 }));
}

const request = create(LeasesRequestSchema, {
  batchIds: [
    Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
    Buffer.from("0001", "hex"),
  ],
});

try {
  show(await client.leases(request, options));
} catch (cause) {
  const error = ConnectError.from(cause);
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  process.exitCode = 1;
} finally {
  session.abort();
}
