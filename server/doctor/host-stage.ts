import { type ClientHttp2Session, constants, type IncomingHttpHeaders } from "node:http2";
import { statusName } from "../../lib/call/status.ts";
import { FRAME_HEADER } from "../bridge/frames.ts";
import { type Finding, notReached, ok, warning } from "./stage.ts";

/** What tells the program that answers (`ApiConfig.hosts`). */
export interface DaemonHosts {
  readonly own: string;
  readonly others: readonly { readonly name: string; readonly probe: string }[];
}

const UNIMPLEMENTED = 12;

/**
 * Which program answers: asks for what only the others serve, with an empty message and without a macaroon. Says that it
 * cannot tell rather than guess.
 */
export async function checkHost(
  session: ClientHttp2Session,
  hosts: DaemonHosts,
  limitMs: number,
): Promise<Finding> {
  const unclear: string[] = [];
  for (const { name, probe } of hosts.others) {
    const code = await askStatus(session, `/${probe}`, limitMs);
    if (code === 0) return ok(`${name} answers here, and serves this API among others (it knows ${probe}).`);
    if (code !== UNIMPLEMENTED) unclear.push(`${probe}: ${code === null ? "no answer" : statusName(code)}`);
  }
  if (unclear.length > 0) {
    return warning(
      `It cannot be told what answers here: it said neither yes nor no (${unclear.join(", ")}).`,
    );
  }
  const names = hosts.others.map(({ name }) => name).join(", ");
  return hosts.others.length === 0
    ? notReached("Nothing is known that tells one program from another.")
    : ok(`${hosts.own} by itself, or what answers as it does: it does not know what ${names} would.`);
}

/** The status of a call with an empty message; null where none came in time. */
function askStatus(session: ClientHttp2Session, path: string, limitMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    if (session.destroyed || session.closed) return resolve(null);
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc+proto",
      te: "trailers",
      "user-agent": "pool-playground",
    });
    let status: number | null = null;
    const note = (headers: IncomingHttpHeaders) => {
      const code = headers["grpc-status"];
      if (typeof code === "string" && /^\d{1,2}$/.test(code)) status = Number(code);
    };
    const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), limitMs);
    stream.on("response", note);
    stream.on("trailers", note);
    stream.on("error", () => {});
    stream.on("close", () => {
      clearTimeout(timer);
      resolve(status);
    });
    stream.resume();
    stream.end(Buffer.alloc(FRAME_HEADER));
  });
}
