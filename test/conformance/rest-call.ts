import { request } from "node:https";

/** A REST answer; without a status nobody answered in time. */
export interface RestAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A REST call as it goes over the wire. */
export interface RestCall {
  readonly port: number;
  readonly ca: Buffer;
  readonly verb: string;
  /** As it is sent, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** How long to wait, in ms. */
  readonly patience: number;
}

/** Makes one call over TLS and HTTP/1.1, as most REST clients do. */
export function callRest(call: RestCall): Promise<RestAnswer> {
  return new Promise((resolve) => {
    const nothing = { status: undefined, headers: {}, body: "" };
    const sent = request(
      {
        host: "localhost",
        ...{ port: call.port, ca: call.ca, method: call.verb, path: call.path, agent: false },
        headers: {
          ...call.headers,
          ...(call.body === undefined ? {} : { "content-length": Buffer.byteLength(call.body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          clearTimeout(timer);
          const body = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode, headers: pairs(response.rawHeaders), body });
        });
      },
    );
    const timer = setTimeout(() => {
      sent.destroy();
      resolve(nothing);
    }, call.patience);
    sent.on("error", () => {
      clearTimeout(timer);
      resolve(nothing);
    });
    sent.end(call.body);
  });
}

function pairs(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) headers[raw[at] ?? ""] = raw[at + 1] ?? "";
  return headers;
}
