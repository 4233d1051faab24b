import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { type ClientHttp2Session, connect } from "node:http2";
import type { Daemon } from "./start-daemon.ts";

/** What Chromium sends with a page's own fetch, beside what the page sets. */
const BROWSER_HEADERS = {
  accept: "*/*",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "en-US,en;q=0.9",
  "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24"',
  "sec-ch-ua-mobile": "?0",
  "sec-ch-ua-platform": '"Linux"',
  "sec-fetch-dest": "empty",
  "sec-fetch-mode": "cors",
  "sec-fetch-site": "same-origin",
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
} as const;

/** Sends `body` over a kept HTTP/1.1 connection as a page of `url`'s origin would, and gives the whole answer. */
export type Post = (body: Buffer) => Promise<Buffer>;

export function poster(url: string, headers: Readonly<Record<string, string>>): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
  const { origin } = new URL(url);
  const all = { ...BROWSER_HEADERS, origin, referer: `${origin}/`, ...headers };
  return (body) =>
    new Promise((resolve, reject) => {
      const req = request(
        url,
        { method: "POST", agent, headers: { ...all, "content-length": String(body.length) } },
        (res) => {
          const chunks: Buffer[] = [];
          res.on("data", (chunk: Buffer) => chunks.push(chunk));
          res.on("error", reject);
          res.on("end", () => {
            const answer = Buffer.concat(chunks);
            if (res.statusCode === 200) resolve(answer);
            else reject(new Error(`${url} answered with HTTP ${res.statusCode}: ${answer}`));
          });
        },
      );
      req.on("error", reject);
      req.end(body);
    });
}

/** Calls a unary method of the daemon itself, over one HTTP/2 connection. */
export function directCaller(
  daemon: Pick<Daemon, "port" | "tlsCertPath" | "macaroonHex">,
  path: string,
): Post & { close(): void } {
  const session: ClientHttp2Session = connect(`https://localhost:${daemon.port}`, {
    ca: readFileSync(daemon.tlsCertPath),
  });
  const headers = {
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc+proto",
    te: "trailers",
    macaroon: daemon.macaroonHex,
  };
  const call = (body: Buffer) =>
    new Promise<Buffer>((resolve, reject) => {
      const stream = session.request(headers);
      const chunks: Buffer[] = [];
      let status: unknown;
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("trailers", (trailers) => {
        status = trailers["grpc-status"];
      });
      stream.on("error", reject);
      stream.on("end", () =>
        status === "0" ? resolve(Buffer.concat(chunks)) : reject(new Error(`${path} ended with ${status}`)),
      );
      stream.end(body);
    });
  return Object.assign(call, { close: () => session.close() });
}
