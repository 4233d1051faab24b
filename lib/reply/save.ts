import { writeReply } from "../schema/reply-text.ts";
import { concatenate } from "./byte-log.ts";
import type { ReplyStore } from "./reply-store.ts";

/** How long work goes on before it lets others pass. */
export interface Pace {
  readonly goOn: () => boolean;
  readonly pause: () => Promise<() => boolean>;
}

/**
 * A reply as a JSON file: a unary one as it is, the messages of a stream as an array. What the descriptors do not know
 * has no place in it. Null where nothing came that could be read.
 */
export async function jsonFile(store: ReplyStore, alone: boolean, pace: Pace): Promise<Blob | null> {
  const parts: string[] = [];
  const { desc, registry, log, transcript } = store;
  let { goOn } = pace;
  if (alone) {
    for (let block = 0; block < transcript.blocks; block++) {
      // Only what leads the text is a comment: a line of JSON does not begin so.
      const lines = (await transcript.lines(block)).filter((line) => !line.startsWith("//"));
      if (lines.length > 0) parts.push(lines.join("\n"), "\n");
      if (!goOn()) goOn = await pace.pause();
    }
    return parts.length === 0 ? null : new Blob(parts, { type: "application/json" });
  }
  for (let index = 0; index < log.length; index++) {
    const reading = writeReply(desc, await log.read(index), { bytes: store.bytes, registry });
    if (reading.kind === "ok") {
      parts.push(parts.length === 0 ? "[\n  " : ",\n  ", reading.text.replaceAll("\n", "\n  "));
    }
    if (!goOn()) goOn = await pace.pause();
  }
  return new Blob(parts.length === 0 ? ["[]\n"] : [...parts, "\n]\n"], { type: "application/json" });
}

/** The bytes as they came: of a unary reply its message, of a stream each message with gRPC's prefix of five bytes. */
export async function wireFile(store: ReplyStore, alone: boolean, pace: Pace): Promise<Blob> {
  const { log } = store;
  const parts: BlobPart[] = [];
  let { goOn } = pace;
  let group: Uint8Array[] = [];
  for (let index = 0; index < log.length; index++) {
    const message = await log.read(index);
    if (!alone) group.push(prefix(message.length));
    group.push(message);
    if (goOn() && index < log.length - 1) continue;
    parts.push(new Blob([concatenate(group)]));
    group = [];
    goOn = await pace.pause();
  }
  return new Blob(parts, { type: "application/octet-stream" });
}

function prefix(length: number): Uint8Array {
  const bytes = new Uint8Array(5);
  new DataView(bytes.buffer).setUint32(1, length);
  return bytes;
}
