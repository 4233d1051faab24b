import { connect } from "node:net";

/** What a socket gave back to bytes that no HTTP client would write. */
export interface RawAnswer {
  /** 0 where the server just hung up. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Writes lines (and a body) to a port of 127.0.0.1 as they are, and reads until the other side closes. */
export function sendRaw(
  port: number,
  lines: readonly string[],
  body: Uint8Array = new Uint8Array(),
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const finish = () => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString("latin1");
      const [head = "", ...rest] = text.split("\r\n\r\n");
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join("\r\n\r\n"),
      });
    };
    socket.setTimeout(20_000, () => reject(new Error("the server neither closed nor answered in full")));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? finish() : reject(error),
    );
    socket.on("close", finish);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.write(body);
  });
}
