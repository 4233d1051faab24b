import { WebSocket as NodeWebSocket } from "ws";
import type { Transports } from "../../lib/run/transports.ts";
import type { RunningServer } from "../../server/start-server.ts";

/** Takes the server's session as a browser does that opens its URL, and gives transports that hold it. */
export async function openSession({
  origin,
  url,
}: Pick<RunningServer, "origin" | "url">): Promise<Transports> {
  const token = new URL(url).hash.replace("#token=", "");
  const response =
    token === ""
      ? await fetch(origin, { headers: { accept: "text/html" } })
      : await fetch(`${origin}/api/session`, {
          method: "POST",
          headers: { "content-type": "application/json", origin },
          body: JSON.stringify({ token }),
        });
  await response.arrayBuffer();
  const cookie = response.headers.get("set-cookie")?.split(";", 1)[0];
  if (cookie === undefined)
    throw new Error(`the site's own server gave no session (HTTP ${response.status})`);
  return sessionTransports(origin, cookie);
}

function sessionTransports(origin: string, cookie: string): Transports {
  class SessionWebSocket extends NodeWebSocket {
    constructor(url: string | URL, protocol?: string | string[]) {
      super(url, protocol, { headers: { cookie, origin } });
      // In a browser an error that nobody listens for is nothing.
      this.on("error", () => {});
    }
  }
  return {
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set("cookie", cookie);
      headers.set("origin", origin);
      return fetch(input, { ...init, headers });
    },
    WebSocket: SessionWebSocket as unknown as Transports["WebSocket"],
  };
}
