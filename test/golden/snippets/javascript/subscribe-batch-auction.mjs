import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const definition = protoLoader.loadSync("auctioneerrpc/auctioneer.proto", {
  includeDirs: ["proto"],
  keepCase: true,
  longs: String,
  enums: String,
  bytes: String,
  defaults: true,
  oneofs: true,
});
const api = grpc.loadPackageDefinition(definition);
const credentials = grpc.credentials.createSsl(readFileSync(join(homedir(), ".pool/regtest/tls.cert")));
const client = new api.poolrpc.ChannelAuctioneer("localhost:12011", credentials);
const metadata = new grpc.Metadata();
const options = {};

function show(reply) {
  console.log(JSON.stringify(reply, null, 2));
}

function fail(error) {
  console.error(`${grpc.status[error.code]}: ${error.details}`);
  process.exitCode = 1;
}

const messages = [
  {
    commit: {
      commit_hash: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
      batch_version: 10,
    },
  },
  {
    subscribe: {
      trader_key: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
      commit_nonce: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
      auth_sig: Buffer.from("00ff", "hex"),
    },
  },
];
const stream = client.SubscribeBatchAuction(metadata, options);
for (const message of messages) stream.write(message);
// Ends the sending (half-close). Leave it for later to keep the conversation going.
stream.end();
try {
  for await (const reply of stream) show(reply);
} catch (error) {
  fail(error);
}
client.close();
