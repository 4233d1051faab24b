import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { OrderChannelType } from "./gen/auctioneerrpc/auctioneer_pb.js";
import { SubmitOrderRequestSchema, SubmitOrderResponseSchema, Trader } from "./gen/poolrpc/trader_pb.js";

const baseUrl = "https://localhost:12010";
// The connection, with no certificate trusted but the daemon's own.
const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(join(homedir(), ".pool/regtest/tls.cert")) });
const client = createClient(Trader, createGrpcTransport({ baseUrl, sessionManager: session }));
const options = {
  headers: { macaroon: readFileSync(join(homedir(), ".pool/regtest/pool.macaroon")).toString("hex") },
  timeoutMs: 30000,
};

function show(reply: MessageShape<typeof SubmitOrderResponseSchema>) {
  console.log(toJsonString(SubmitOrderResponseSchema, reply, { prettySpaces: 2 }));
}

const request = create(SubmitOrderRequestSchema, {
  details: {
    case: "bid",
    value: {
      details: {
        traderKey: Buffer.from("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", "hex"),
        rateFixed: 4960,
        amt: 18446744073709551615n,
        maxBatchFeeRateSatPerKw: 12500n,
        minUnitsMatch: 1,
        channelType: OrderChannelType.PEER_DEPENDENT,
        allowedNodeIds: [Buffer.from("0001", "hex"), Buffer.from("fbff", "hex")],
      },
      leaseDurationBlocks: 2016,
      version: 7,
    },
  },
  initiator: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u0001\u001b[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
});

try {
  show(await client.submitOrder(request, options));
} catch (cause) {
  const error = ConnectError.from(cause);
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  process.exitCode = 1;
} finally {
  session.abort();
}
