import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

/**
 * The whole body of a request, or the refusal of one that is longer than `most` bytes: the rest is left unread then.
 * Rejects where the body breaks off.
 */
export function readBody(req: IncomingMessage, most: number): Promise<Buffer | Refusal> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= most) return;
      // Taken away, not destroyed: the answer still has to get out by the same connection.
      req.off("data", onData);
      resolve({ status: 413, code: "body", message: `The body is larger than ${most} bytes.` });
    };
    req.on("data", onData);
    req.on("end", () => resolve(Buffer.concat(chunks)));
    req.on("error", reject);
  });
}
