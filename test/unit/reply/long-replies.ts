import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type AskSchema, ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { concatenate } from "../../../lib/reply/byte-log.ts";
import { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { writeReply } from "../../../lib/schema/reply-text.ts";
import { poolRegistry } from "../schema/pool-registry.ts";
import { randomMessage } from "../schema/random-message.ts";

/** Wire bytes of an `Ask` whose numbers follow from `index`. */
function ask(index: number): MessageInitShape<typeof AskSchema> {
  return {
    details: {
      traderKey: new Uint8Array(33).fill(index % 251),
      rateFixed: 400 + (index % 90) * 13,
      amt: BigInt(index + 1) * 100_000n,
      orderNonce: new Uint8Array(32).fill(index % 253),
    },
    leaseDurationBlocks: 2_016,
  };
}

/** A `ListOrders` reply of so many asks and bids. */
export function orders(asks: number, bids: number): Uint8Array {
  const message = create(ListOrdersResponseSchema, {
    asks: Array.from({ length: asks }, (_, index) => ask(index)),
    bids: Array.from({ length: bids }, (_, index) => ({ details: { amt: BigInt(index) * 200_000n } })),
  });
  return toBinary(ListOrdersResponseSchema, message);
}

/** Random messages of the type, one written after the other until they are long: a reader merges them into one. */
export function longWire(desc: DescMessage, random: () => number, bytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let size = 0, tries = 0; size < bytes && tries < 2000; tries++) {
    const part = toBinary(desc, randomMessage(desc, random));
    parts.push(part);
    size += part.length;
  }
  return concatenate(parts);
}

/** A store of one reply that stands alone. */
export function storeOf(desc: DescMessage, wire: Uint8Array): ReplyStore {
  const store = new ReplyStore(desc, poolRegistry, "hex", true);
  store.received(wire, 1);
  return store;
}

/** The text that the whole reply has, written at once. */
export function wholeText(desc: DescMessage, wire: Uint8Array): string {
  const reading = writeReply(desc, wire, { bytes: "hex", registry: poolRegistry });
  if (reading.kind === "malformed") return `// ${reading.message}`;
  const unknown = reading.unknown.map(
    ({ path, number, hex }) => `// unknown field ${path === "" ? "" : `${path}.`}${number}: ${hex}`,
  );
  return [...unknown, reading.text].join("\n");
}

/** All lines of a store's transcript, after they were counted. */
export async function allText(store: ReplyStore): Promise<string> {
  await store.transcript.count(() => true);
  return (await store.transcript.window(0, Number.MAX_SAFE_INTEGER)).lines.join("\n");
}

/** Whether the bytes are a message of the type. */
export function isReadable(desc: DescMessage, wire: Uint8Array): boolean {
  try {
    fromBinary(desc, wire);
    return true;
  } catch {
    return false;
  }
}
