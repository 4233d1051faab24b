import { once } from "node:events";
import { WebSocket } from "ws";
import type { ClientFrame, ServerFrame } from "../../../lib/call/bridge-protocol.ts";

/** A call's WebSocket as a page opens it. What arrives waits until it is taken. */
export interface CallSocket {
  readonly socket: WebSocket;
  send(frame: ClientFrame): void;
  sendText(text: string): void;
  sendMessage(message: Uint8Array): void;
  /** The next frame or message; undefined once the socket is closed. */
  next(): Promise<ServerFrame | Buffer | undefined>;
  /** Everything up to the end. */
  rest(): Promise<(ServerFrame | Buffer)[]>;
}

/** Opens a call over WebSocket. `headers` replaces cookie and origin; throws with the HTTP status when refused. */
export async function openCall(
  server: { readonly origin: string; readonly cookie: string },
  method: string,
  options: {
    readonly profile?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly protocol?: string;
  } = {},
): Promise<CallSocket> {
  const dot = method.lastIndexOf(".");
  const path = `/rpc/${method.slice(0, dot)}/${method.slice(dot + 1)}`;
  const url = `${server.origin.replace("http:", "ws:")}${path}?profile=${encodeURIComponent(options.profile ?? "sandbox")}`;
  const socket = new WebSocket(url, options.protocol ?? "playground.v1", {
    headers: options.headers ?? { cookie: server.cookie, origin: server.origin },
  });
  const arrived: (ServerFrame | Buffer)[] = [];
  let wake = () => {};
  let closed = false;
  socket.on("message", (data: Buffer, isBinary) => {
    arrived.push(isBinary ? data : JSON.parse(data.toString("utf8")));
    wake();
  });
  socket.on("close", () => {
    closed = true;
    wake();
  });
  await once(socket, "open");
  socket.on("error", () => {});
  const call: CallSocket = {
    socket,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    sendMessage: (message) => socket.send(message, { binary: true }),
    async next() {
      while (arrived.length === 0 && !closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return arrived.shift();
    },
    async rest() {
      const all: (ServerFrame | Buffer)[] = [];
      for (let item = await call.next(); item !== undefined; item = await call.next()) all.push(item);
      return all;
    },
  };
  return call;
}
