import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { OrderChannelType } from "./gen/auctioneerrpc/auctioneer_pb.js";
import { SubmitOrderRequestSchema, SubmitOrderResponseSchema, Trader } from "./gen/poolrpc/trader_pb.js";

// The page's own server passes on what is below this path: see vite.config.js.
const transport = createGrpcWebTransport({ baseUrl: new URL("/rpc", location.href).href });
const client = createClient(Trader, transport);
const options = { timeoutMs: 30000 };

const button = document.createElement("button");
button.textContent = "SubmitOrder";
const output = document.createElement("pre");
document.body.append(button, output);

function fromHex(text: string) {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function show(reply: MessageShape<typeof SubmitOrderResponseSchema>) {
  output.append(toJsonString(SubmitOrderResponseSchema, reply, { prettySpaces: 2 }), "\n");
}

const request = create(SubmitOrderRequestSchema, {
  details: {
    case: "bid",
    value: {
      details: {
        traderKey: fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
        rateFixed: 4960,
        amt: 18446744073709551615n,
        maxBatchFeeRateSatPerKw: 12500n,
        minUnitsMatch: 1,
        channelType: OrderChannelType.PEER_DEPENDENT,
        allowedNodeIds: [fromHex("0001"), fromHex("fbff")],
      },
      leaseDurationBlocks: 2016,
      version: 7,
    },
  },
  initiator: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u0001\u001b[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
});

// Sent when the button is pressed: a page that sends as it loads sends again whenever it is loaded anew.
button.onclick = async () => {
  button.disabled = true;
  try {
    show(await client.submitOrder(request, options));
  } catch (cause) {
    const error = ConnectError.from(cause);
    output.append(`${Code[error.code]}: ${error.rawMessage}\n`);
  } finally {
    button.disabled = false;
  }
};
