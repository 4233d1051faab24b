import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { ListAccountsRequestSchema, ListAccountsResponseSchema, Trader } from "./gen/poolrpc/trader_pb.js";

// The page's own server passes on what is below this path: see vite.config.js.
const transport = createGrpcWebTransport({ baseUrl: new URL("/rpc", location.href).href });
const client = createClient(Trader, transport);
const options = { timeoutMs: 30000 };

const button = document.createElement("button");
button.textContent = "ListAccounts";
const output = document.createElement("pre");
document.body.append(button, output);

function show(reply: MessageShape<typeof ListAccountsResponseSchema>) {
  output.append(toJsonString(ListAccountsResponseSchema, reply, { prettySpaces: 2 }), "\n");
}

const request = create(ListAccountsRequestSchema, { activeOnly: true });

// Sent when the button is pressed: a page that sends as it loads sends again whenever it is loaded anew.
button.onclick = async () => {
  button.disabled = true;
  try {
    show(await client.listAccounts(request, options));
  } catch (cause) {
    const error = ConnectError.from(cause);
    output.append(`${Code[error.code]}: ${error.rawMessage}\n`);
  } finally {
    button.disabled = false;
  }
};
