import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const definition = protoLoader.loadSync("auctioneerrpc/hashmail.proto", {
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
const client = new api.poolrpc.HashMail("localhost:12011", credentials);
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
    desc: {
      stream_id: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
    },
    msg: Buffer.from("00ff", "hex"),
  },
  {
    desc: {
      stream_id: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
    },
  },
  {},
];
const stream = client.SendStream(metadata, options, (error, reply) => {
  if (error) fail(error);
  else show(reply);
  client.close();
});
for (const message of messages) stream.write(message);
// Ends the sending (half-close).
stream.end();
