import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { CancelOrderRequestSchema, CancelOrderResponseSchema, Trader } from "./gen/poolrpc/trader_pb.js";

// The page's own server passes on what is below this path: see vite.config.js.
const transport = createGrpcWebTransport({ baseUrl: new URL("/rpc", location.href).href });
const client = createClient(Trader, transport);
const options = { timeoutMs: 30000 };

const button = document.createElement("button");
button.textContent = "CancelOrder";
const output = document.createElement("pre");
document.body.append(button, output);

function fromHex(text: string) {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function show(reply: MessageShape<typeof CancelOrderResponseSchema>) {
  output.append(toJsonString(CancelOrderResponseSchema, reply, { prettySpaces: 2 }), "\n");
}

const request = create(CancelOrderRequestSchema, {
  orderNonce: fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
});

// Sent when the button is pressed: a page that sends as it loads sends again whenever it is loaded anew.
button.onclick = async () => {
  button.disabled = true;
  try {
    show(await client.cancelOrder(request, options));
  } catch (cause) {
    const error = ConnectError.from(cause);
    output.append(`${Code[error.code]}: ${error.rawMessage}\n`);
  } finally {
    button.disabled = false;
  }
};
