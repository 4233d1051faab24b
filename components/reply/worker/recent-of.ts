import type { DescMessage } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { collectRecent, type RecentValue } from "../../../lib/editor/recent-values.ts";
import type { MethodDocs } from "../../../lib/reference/method-docs.ts";
import { concatenate } from "../../../lib/reply/byte-log.ts";
import type { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { splitMessage } from "../../../lib/reply/split-message.ts";
import { decodeReply } from "../../../lib/schema/decode-reply.ts";

/** Only the first messages of a stream are looked at, and the first items of a long list. */
const MESSAGES = 10;
const ITEMS = 60;
const LONG_BYTES = 64 * 1024;

/** Values of a reply that later requests may want. */
export async function recentOf(store: ReplyStore, docs: MethodDocs): Promise<readonly RecentValue[]> {
  const values: RecentValue[] = [];
  for (let index = 0; index < Math.min(store.log.length, MESSAGES); index++) {
    try {
      const wire = beginning(store.desc, await store.log.read(index));
      values.push(...collectRecent(store.desc, decodeReply(store.desc, wire).message, docs));
    } catch {
      // A malformed message has none.
    }
  }
  return values;
}

/** A long message with the first items of its lists. */
function beginning(desc: DescMessage, wire: Uint8Array): Uint8Array {
  const split = wire.length < LONG_BYTES ? null : splitMessage(desc, wire);
  if (split === null) return wire;
  const writer = new BinaryWriter();
  for (const { field, items } of split.lists) {
    for (let index = 0; index < Math.min(items.length, ITEMS); index++) {
      writer.tag(field.number, WireType.LengthDelimited).bytes(items.at(index));
    }
  }
  return concatenate([split.rest, writer.finish()]);
}
