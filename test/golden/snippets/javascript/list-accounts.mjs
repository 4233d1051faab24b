import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const definition = protoLoader.loadSync("poolrpc/trader.proto", {
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
const client = new api.poolrpc.Trader("localhost:12010", credentials);
const metadata = new grpc.Metadata();
metadata.set("macaroon", readFileSync(join(homedir(), ".pool/regtest/pool.macaroon")).toString("hex"));
const options = { deadline: Date.now() + 30000 };

function show(reply) {
  console.log(JSON.stringify(reply, null, 2));
}

function fail(error) {
  console.error(`${grpc.status[error.code]}: ${error.details}`);
  process.exitCode = 1;
}

const request = { active_only: true };
client.ListAccounts(request, metadata, options, (error, reply) => {
  if (error) fail(error);
  else show(reply);
  client.close();
});
