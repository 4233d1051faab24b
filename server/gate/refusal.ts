import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { RunErrorReason } from "../../lib/call/run-event.ts";

/** A request that goes no further. `code` is for programs, `message` for people. */
export interface Refusal {
  readonly status: number;
  readonly code: RefusalCode;
  readonly message: string;
  readonly allow?: string;
}

export type RefusalCode =
  | "host"
  | "head"
  | "path"
  | "verb"
  | "origin"
  | "session"
  | "header"
  | "content-type"
  | "body"
  | "not-found"
  | "failed"
  | RunErrorReason;

/** Answers with the refusal as JSON. A body that is still on its way is read and dropped, up to a bound. */
export function refuse(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  res.statusCode = refusal.status;
  if (refusal.allow !== undefined) res.setHeader("allow", refusal.allow);
  res.setHeader("cache-control", "no-store");
  res.setHeader("content-type", "application/json; charset=utf-8");
  res.end(refusalBody(refusal));
  dropBody(req);
}

/** Reads the rest of a body that nobody wants, so that the answer gets through, and hangs up where it does not end. */
export function dropBody(req: IncomingMessage, most = 8 << 20): void {
  let bytes = 0;
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > most) req.destroy();
  });
  req.on("error", () => {});
}

/** The same on a socket that has no response object: an upgrade, or a request that could not be parsed. */
export function refuseSocket(
  socket: Duplex,
  refusal: Refusal,
  headers: readonly (readonly [string, string])[],
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = refusalBody(refusal);
  const lines = [
    `HTTP/1.1 ${refusal.status} Refused`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "cache-control: no-store",
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.on("error", () => {});
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

function refusalBody({ code, message }: Refusal): string {
  return `${JSON.stringify({ code, message })}\n`;
}
