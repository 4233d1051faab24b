import assert from "node:assert/strict";
import { test } from "node:test";
import { clone, type DescField, type Message, ScalarType, toBinary, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { addItem, moveItem, setOneof, setValue, unset } from "../../../lib/form/edit-form.ts";
import type { FormOptions, FormPath } from "../../../lib/form/form.ts";
import { placeAt } from "../../../lib/form/place.ts";
import { startOfItem } from "../../../lib/form/start-value.ts";
import { applyEdits, type TextEdit } from "../../../lib/schema/problem.ts";
import { writeReply } from "../../../lib/schema/reply-text.ts";
import { parseRequest } from "../../../lib/schema/request-syntax.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { everythingMethod } from "../../support/everything-api.ts";
import { randomFrom } from "../../support/random.ts";
import { methodFixture } from "../editor/pool-docs.ts";
import { randomMessage } from "../schema/random-message.ts";
import { tokensOf, withComments } from "./commented-text.ts";

const everything = await everythingMethod();
const methods: readonly FormOptions[] = [
  everything,
  methodFixture("poolrpc.Trader.SubmitOrder"),
  methodFixture("poolrpc.ChannelAuctioneer.SubscribeBatchAuction"),
];

const rounds = 150;

for (const [seed, options] of methods.entries()) {
  test(`a random edit of a random ${options.desc.name} changes what it names and nothing else`, () => {
    const random = randomFrom(1000 + seed);
    let edited = 0;
    for (let round = 0; round < rounds; round++) {
      const before = randomMessage(options.desc, random);
      tame(reflect(options.desc, before));
      const text = withComments(textOf(before, options), random);
      const read = readRequest(text, options.desc, options);
      assert.equal(read.kind, "ok", text);
      const operations = operationsOf(
        reflect(options.desc, clone(options.desc, before)),
        [],
        options,
        random,
      );
      const operation = operations[Math.floor(random() * operations.length)];
      if (operation === undefined) continue;
      edited++;
      const edits = operation.edits(text);
      const after = applyEdits(text, edits);
      const story = `${operation.name}\n--- before\n${text}\n--- after\n${after}`;
      const reread = readRequest(after, options.desc, options);
      assert.equal(
        reread.kind,
        "ok",
        `${story}\n${reread.kind === "problems" ? JSON.stringify(reread.problems) : ""}`,
      );
      const wanted = clone(options.desc, before);
      operation.apply(reflect(options.desc, wanted));
      if (reread.kind === "ok") {
        const { registry } = options;
        assert.deepEqual(
          toJson(options.desc, reread.message, { registry }),
          toJson(options.desc, wanted, { registry }),
          story,
        );
      }
      if (operation.path !== null) keepsTheRest(text, after, operation.path, options, story);
    }
    assert.ok(edited > rounds / 2, `${edited} of ${rounds} rounds had something to edit`);
  });
}

interface Operation {
  /** Where alone the text may change; null for a move, which changes two places. */
  readonly path: FormPath | null;
  readonly name: string;
  readonly edits: (text: string) => readonly TextEdit[];
  readonly apply: (root: ReflectMessage) => void;
}

/** What can be done at every place of the message. */
function operationsOf(
  message: ReflectMessage,
  path: FormPath,
  options: FormOptions,
  random: () => number,
): Operation[] {
  const found: Operation[] = [];
  for (const field of message.fields) {
    if (isCustom(field)) continue;
    const at: FormPath = [...path, field.name];
    const holder = (root: ReflectMessage) => messageAt(root, path);
    const set = message.isSet(field);
    // A message cannot be sent without a field that the schema requires.
    if (set && field.presence !== FeatureSet_FieldPresence.LEGACY_REQUIRED) {
      found.push({
        path: at,
        name: `unset ${at.join(".")}`,
        edits: (text) => unset(text, options, at),
        apply: (root) => holder(root).clear(field),
      });
    }
    if (field.fieldKind === "scalar" && (field.oneof === undefined || set)) {
      const [source, value] = scalarOf(field.scalar, random);
      found.push({
        path: at,
        name: `set ${at.join(".")} to ${source}`,
        edits: (text) => setValue(text, options, at, source),
        apply: (root) => holder(root).set(field, value),
      });
    }
    if (field.oneof !== undefined && field.fieldKind === "scalar") {
      const { oneof } = field;
      const [source, value] = scalarOf(field.scalar, random);
      found.push({
        path: [...path, message.oneofCase(oneof)?.name ?? field.name],
        name: `choose ${at.join(".")}`,
        edits: (text) => setOneof(text, options, path, oneof.name, { choose: field.name, source }),
        apply: (root) => holder(root).set(field, value),
      });
    }
    if (field.fieldKind === "list") {
      // Only a list of messages begins with what the reflection can make too.
      if (field.message === undefined && field.scalar !== undefined) {
        const { scalar } = field;
        found.push({
          path: at,
          name: `add to ${at.join(".")}`,
          edits: (text) => addItem(text, options, at),
          apply: (root) => holder(root).get(field).add(zeroOf(scalar)),
        });
      } else if (field.message !== undefined && startOfItem(field, options.docs, "proto") === "{}") {
        const { message: desc } = field;
        found.push({
          path: at,
          name: `add to ${at.join(".")}`,
          edits: (text) => addItem(text, options, at),
          apply: (root) => holder(root).get(field).add(reflect(desc)),
        });
      }
      const items = [...message.get(field)];
      items.forEach((item, index) => {
        found.push({
          path: [...at, index],
          name: `remove ${at.join(".")}.${index}`,
          edits: (text) => unset(text, options, [...at, index]),
          apply: (root) => replaceItems(holder(root), field, (each) => each.filter((_, i) => i !== index)),
        });
        if (index > 0) {
          found.push({
            path: null,
            name: `move ${at.join(".")}.${index} up`,
            edits: (text) => moveItem(text, options, [...at, index], -1),
            apply: (root) =>
              replaceItems(holder(root), field, (each) =>
                each.map((one, i) => (i === index ? each[index - 1] : i === index - 1 ? each[index] : one)),
              ),
          });
        }
        if (field.message !== undefined) {
          found.push(...operationsOf(item as ReflectMessage, [...at, index], options, random));
        }
      });
    }
    if (field.fieldKind === "message" && set) {
      found.push(...operationsOf(message.get(field), at, options, random));
    }
  }
  return found;
}

function messageAt(root: ReflectMessage, path: FormPath): ReflectMessage {
  let at: ReflectMessage = root;
  let list: DescField | null = null;
  for (const step of path) {
    if (typeof step === "number") {
      at = [...at.get(list as DescField & { fieldKind: "list" })][step] as ReflectMessage;
      continue;
    }
    const field = at.fields.find(({ name }) => name === step);
    assert.ok(field !== undefined, `no field ${step}`);
    if (field.fieldKind === "list") list = field;
    else if (field.fieldKind === "message") at = at.get(field);
  }
  return at;
}

function replaceItems(
  holder: ReflectMessage,
  field: DescField & { fieldKind: "list" },
  change: (items: unknown[]) => unknown[],
): void {
  const list = holder.get(field);
  const items = change([...list]);
  list.clear();
  for (const item of items) list.add(item as string);
}

function scalarOf(type: ScalarType, random: () => number): readonly [source: string, value: unknown] {
  const bit = random() < 0.5;
  switch (type) {
    case ScalarType.BOOL:
      return [String(bit), bit];
    case ScalarType.STRING:
      return bit ? ['"// no } comment"', "// no } comment"] : ['""', ""];
    case ScalarType.BYTES:
      return ['"00ff"', Uint8Array.of(0, 255)];
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return bit ? ["-9223372036854775808", -(2n ** 63n)] : ['"9007199254740993"', 9007199254740993n];
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return bit ? ["18446744073709551615", 2n ** 64n - 1n] : ["9007199254740993", 9007199254740993n];
    default:
      return ["7", 7];
  }
}

function zeroOf(type: ScalarType): unknown {
  if (type === ScalarType.BOOL) return false;
  if (type === ScalarType.STRING) return "";
  if (type === ScalarType.BYTES) return new Uint8Array();
  return /64$/.test(ScalarType[type]) ? 0n : 0;
}

function isCustom(field: DescField): boolean {
  return field.message !== undefined && hasCustomJsonRepresentation(field.message);
}

/** Takes out what a random message cannot have: well-known types have rules of their own. Sets what is required. */
function tame(message: ReflectMessage): void {
  for (const field of message.fields) {
    if (isCustom(field)) message.clear(field);
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED) message.set(field, "required");
    if (field.message === undefined || !message.isSet(field)) continue;
    if (field.fieldKind === "message") tame(message.get(field));
    else for (const item of message.get(field).values()) tame(item as ReflectMessage);
  }
}

function textOf(message: Message, options: FormOptions): string {
  const written = writeReply(options.desc, toBinary(options.desc, message), {
    bytes: "hex",
    registry: options.registry,
  });
  assert.equal(written.kind, "ok");
  return written.kind === "ok" ? written.text : "";
}

/** What differs between two texts is in the place that was edited: commas and blanks apart. */
function keepsTheRest(
  before: string,
  after: string,
  path: FormPath,
  options: FormOptions,
  story: string,
): void {
  const { root } = parseRequest(before);
  const child = (root === null ? null : placeAt(root, options.desc, options.registry, path))?.child;
  const [a, b] = [tokensOf(before), tokensOf(after)];
  // Where two items are the same it is the one at the path that was changed.
  const most = child == null ? a.length : a.filter(({ offset }) => offset < child.offset).length;
  let start = 0;
  while (start < most && a[start]?.text === b[start]?.text) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end)?.text === b.at(-1 - end)?.text) end++;
  const changed = a.slice(start, a.length - end);
  if (changed.length === 0) return;
  const told = `${story}\nchanged ${JSON.stringify(changed)}`;
  assert.ok(child != null, told);
  const line = before.indexOf("\n", child.offset + child.length);
  const from = changed[0]?.offset ?? 0;
  const to = changed.at(-1)?.offset ?? 0;
  assert.ok(from >= child.offset && (line === -1 || to < line), told);
}
