import { join } from "node:path";
import {
  createFileRegistry,
  type DescField,
  type DescMethod,
  type FileRegistry,
  type Message,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { readLiteral } from "../../lib/snippets/literal.ts";
import { losesSign } from "../../lib/snippets/rust-literal.ts";
import { streamsFromClient } from "../../lib/snippets/snippet.ts";
import { HOSTILE_TEXTS } from "../support/hostile-texts.ts";
import { buildImage, ROOT } from "../support/pool-api.ts";
import { randomFrom } from "../support/random.ts";
import { randomMessage } from "../unit/schema/random-message.ts";
import type { SnippetCase } from "./cases.ts";

/** Random messages to an API: Pool's, or one of names and kinds of fields that Pool has none of. */
export interface FixtureApi {
  readonly name: string;
  /** The folder of its proto files. */
  readonly protos: string;
  readonly registry: FileRegistry;
  readonly cases: readonly SnippetCase[];
}

/** Runs of a method, and the messages of one that streams from the client. */
const ROUNDS = 6;
const MESSAGES = 12;

/** Pool's methods with many kinds of fields. */
const POOL_METHODS: readonly string[] = [
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.ChannelAuctioneer.SubmitOrder",
  "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
];

export async function loadFixtureApis(): Promise<readonly FixtureApi[]> {
  return Promise.all(
    ["proto", "test/fixtures/names", "test/fixtures/everything"].map(async (folder) => {
      const protos = join(ROOT, folder);
      const registry = createFileRegistry(await buildImage(ROOT, protos));
      const methods = [...registry].flatMap((type) => (type.kind === "service" ? type.methods : []));
      const chosen = methods.filter(
        ({ parent, name }) => folder !== "proto" || POOL_METHODS.includes(`${parent.typeName}.${name}`),
      );
      return { name: folder, protos, registry, cases: chosen.flatMap(casesOf) };
    }),
  );
}

function casesOf(method: DescMethod): SnippetCase[] {
  const random = randomFrom(7);
  return Array.from({ length: method.input.fields.length === 0 ? 1 : ROUNDS }, (_, round) => {
    const one = (): Message => {
      const message = sendable(reflect(method.input, randomMessage(method.input, random, 3)));
      const literal = readLiteral(method.input, message);
      // prost leaves negative zeros out: every other round does without.
      return round % 2 === 0 && literal !== null && losesSign(literal) ? one() : message;
    };
    const more = streamsFromClient(method) ? Array.from({ length: MESSAGES - 1 }, one) : [];
    return {
      name: `${method.parent.typeName}.${method.name} (random ${round + 1})`,
      ...{ method, messages: [one(), ...more], http: [], cli: null },
    };
  });
}

/** A message that can be sent: what is required is set. Lists of texts get hostile ones. */
function sendable(whole: ReflectMessage): Message {
  for (const field of whole.fields) {
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED && !whole.isSet(field))
      setSome(whole, field);
    if (!whole.isSet(field)) continue;
    if (field.fieldKind === "list" && field.listKind === "scalar" && field.name === "texts") {
      for (const text of HOSTILE_TEXTS) whole.get(field).add(text);
    }
    for (const inner of messagesIn(whole, field)) sendable(inner);
  }
  return whole.message;
}

function setSome(message: ReflectMessage, field: DescField): void {
  if (field.fieldKind === "message") message.set(field, reflect(field.message));
  else if (field.fieldKind === "scalar")
    message.set(field, typeof message.get(field) === "bigint" ? 7n : "text");
}

function messagesIn(message: ReflectMessage, field: DescField): ReflectMessage[] {
  const value: unknown = message.get(field as never);
  if (field.fieldKind === "message") return [value as ReflectMessage];
  if (field.fieldKind === "list" && field.listKind === "message")
    return [...(value as Iterable<ReflectMessage>)];
  if (field.fieldKind !== "map" || field.mapKind !== "message") return [];
  return [...(value as Iterable<[unknown, ReflectMessage]>)].map(([, inner]) => inner);
}
