import type { IncomingMessage, ServerResponse } from "node:http";
import { assertNever } from "../../lib/call/assert-never.ts";
import {
  type CollectionAnswer,
  MOST_COLLECTION_BYTES,
  readCollection,
} from "../../lib/workspace/collection.ts";
import { findSecrets, nameSecrets } from "../../lib/workspace/secrets.ts";
import { dropBody } from "../gate/refusal.ts";
import type { CollectionFile } from "./collection-file.ts";

/** JSON of a text has at most six characters for one of it. */
const MOST_BODY = 6 * MOST_COLLECTION_BYTES + 1024;

/** `GET /api/collection`: a `CollectionAnswer`, with HTTP status 200, or 500 where the file cannot be read. */
export async function serveCollection(res: ServerResponse, file: CollectionFile): Promise<void> {
  const reading = await file.read();
  if (reading.kind === "problem") return answer(res, 500, { kind: "problem", message: reading.message });
  answer(res, 200, { kind: "file", name: file.name, text: reading.text, version: reading.version });
}

/**
 * `PUT /api/collection` with `{"version": …, "text": …}`: writes the file and answers 200; 409 and what is there now, where
 * `version` is not the file's; 400, 413 or 415 and a sentence where the body is wrong.
 */
export async function saveCollection(
  req: IncomingMessage,
  res: ServerResponse,
  file: CollectionFile,
): Promise<void> {
  const refuse = (status: number, message: string) => {
    answer(res, status, { kind: "problem", message });
    dropBody(req);
  };
  if (req.headers["content-type"] !== "application/json") {
    return refuse(415, "A collection is sent as application/json.");
  }
  const body = await readBody(req);
  if (body === null) return refuse(413, TOO_LARGE);
  const wanted = parseBody(body);
  if (wanted === null) return refuse(400, 'The body is not {"version": …, "text": …}.');
  if (Buffer.byteLength(wanted.text) > MOST_COLLECTION_BYTES) return refuse(413, TOO_LARGE);
  const reading = readCollection(wanted.text);
  if (reading.kind === "problem") return refuse(400, `The collection is not valid: ${reading.message}`);
  const secrets = reading.collection.requests.flatMap(({ request }) => findSecrets(request));
  if (secrets.length > 0) {
    return refuse(400, `The collection holds ${nameSecrets(secrets)}. Nothing was written.`);
  }
  const writing = await file.write(wanted.text, wanted.version);
  switch (writing.kind) {
    case "ok":
      return answer(res, 200, {
        kind: "file",
        name: file.name,
        text: wanted.text,
        version: writing.version,
      });
    case "changed":
      return answer(res, 409, {
        kind: "file",
        name: file.name,
        text: writing.text,
        version: writing.version,
      });
    case "problem":
      return answer(res, 500, { kind: "problem", message: writing.message });
    default:
      return assertNever(writing);
  }
}

const TOO_LARGE = `A collection is at most ${MOST_COLLECTION_BYTES >> 20} MiB. Keep some requests in another file.`;

function answer(res: ServerResponse, status: number, body: CollectionAnswer): void {
  res.statusCode = status;
  res.setHeader("content-type", "application/json; charset=utf-8");
  res.setHeader("cache-control", "no-store");
  res.end(JSON.stringify(body));
}

/** The body's text, or null where it is too long. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseBody(body: string): { readonly version: string | null; readonly text: string } | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || !("version" in parsed) || !("text" in parsed)) {
      return null;
    }
    const { version, text } = parsed;
    const versioned = version === null || typeof version === "string";
    return versioned && typeof text === "string" ? { version, text } : null;
  } catch {
    return null;
  }
}
