import { join } from "node:path";
import { createFileRegistry, type DescField, type FileRegistry, type Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { streamsFromClient } from "../../lib/snippets/snippet.ts";
import { HOSTILE_TEXTS } from "../support/hostile-texts.ts";
import { buildImage, ROOT } from "../support/pool-api.ts";
import { randomFrom } from "../support/random.ts";
import { randomMessage } from "../unit/schema/random-message.ts";
import type { SnippetCase } from "./cases.ts";

/** An API of names and kinds of fields that Pool has none of. */
export interface FixtureApi {
  readonly name: string;
  /** The folder of its proto files. */
  readonly protos: string;
  readonly registry: FileRegistry;
  readonly cases: readonly SnippetCase[];
}

/** Random messages to a method. */
const ROUNDS = 6;

export async function loadFixtureApis(): Promise<readonly FixtureApi[]> {
  return Promise.all(
    ["names", "everything"].map(async (name) => {
      const protos = join(ROOT, "test/fixtures", name);
      const registry = createFileRegistry(await buildImage(ROOT, protos));
      return { name, protos, registry, cases: casesOf(registry) };
    }),
  );
}

function casesOf(registry: FileRegistry): SnippetCase[] {
  const random = randomFrom(7);
  const methods = [...registry].flatMap((type) => (type.kind === "service" ? type.methods : []));
  return methods.flatMap((method) =>
    Array.from({ length: method.input.fields.length === 0 ? 1 : ROUNDS }, (_, round) => {
      const one = () => sendable(reflect(method.input, randomMessage(method.input, random, 3)));
      const messages: [Message, ...Message[]] = streamsFromClient(method) ? [one(), one(), one()] : [one()];
      return {
        name: `${method.parent.typeName}.${method.name} (random ${round + 1})`,
        ...{ method, messages, http: [], cli: null },
      };
    }),
  );
}

/** A message that a daemon reads as it was: what is required is set, numbers of closed enums are listed, lists of texts are hostile. */
function sendable(whole: ReflectMessage): Message {
  for (const field of whole.fields) {
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED && !whole.isSet(field))
      setSome(whole, field);
    if (!whole.isSet(field)) continue;
    if (field.enum !== undefined && !field.enum.open) whole.clear(field);
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
