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

const request = {
  bid: {
    details: {
      trader_key: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
      rate_fixed: 4960,
      amt: "18446744073709551615",
      max_batch_fee_rate_sat_per_kw: "12500",
      min_units_match: 1,
      channel_type: "ORDER_CHANNEL_TYPE_PEER_DEPENDENT",
      allowed_node_ids: [Buffer.from("0001", "hex"), Buffer.from("fbff", "hex")],
    },
    lease_duration_blocks: 2016,
    version: 7,
  },
  initiator: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u0001\u001b[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
};
client.SubmitOrder(request, metadata, options, (error, reply) => {
  if (error) fail(error);
  else show(reply);
  client.close();
});
