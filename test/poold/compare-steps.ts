import type { JsonValue } from "@bufbuild/protobuf";
import { comparableText, MATCHERS } from "../conformance/matchers.ts";
import type { Answer } from "./pool-world.ts";
import type { ScriptStep } from "./script.ts";

type Matcher = (wanted: JsonValue, got: JsonValue) => boolean;

/** What varies between two runs, besides what varies between a recording and a run. */
const MORE_MATCHERS: Readonly<Record<string, Matcher>> = {
  // Both markets hold the same orders.
  value: () => false,
  // A key of the daemon's wallet.
  offer_sign_pubkey: (wanted, got) => String(wanted).length === String(got).length,
  // The time of the next batch, which comes every ten minutes.
  clear_timestamp: (wanted, got) => Math.abs(Number(wanted) - Number(got)) <= 1_200,
};

/** Fields that say a height of the chain: compared by their distance from the height of the step. */
const HEIGHTS: readonly string[] = ["expiration_height", "current_block_height", "block_height"];

/** Where a step went otherwise with the sandbox than with the daemon, in words; nothing where it did not. */
export function stepDifferences(wanted: ScriptStep, got: ScriptStep): string[] {
  const [one, other] = [wanted.answer, got.answer];
  if (one.kind === "refused" || other.kind === "refused") {
    return sayOf(wanted) === sayOf(got) ? [] : [`${sayOf(got)}\n      with poold: ${sayOf(wanted)}`];
  }
  return differences(
    { value: one.json, height: wanted.height },
    { value: other.json, height: got.height },
    "",
  );
}

function sayOf({ answer, height }: { answer: Answer; height: number }): string {
  if (answer.kind === "reply") return "a reply";
  const text = comparableText(answer.message, "")
    .replace(/\b[0-9a-f]{16}\b/g, "<ticket>")
    .replace(/\bheight (\d+)/g, (_, number: string) => {
      return `height <now ${Number(number) - height >= 0 ? "+" : ""}${Number(number) - height}>`;
    });
  return `code ${answer.code}: ${text}`;
}

interface Placed {
  readonly value: JsonValue;
  readonly height: number;
}

function differences(wanted: Placed, got: Placed, path: string): string[] {
  const [one, other] = [wanted.value, got.value];
  const name = /([a-z_]+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "";
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) {
      return [`${path}: ${other.length} items, with poold ${one.length}`];
    }
    const [first, second] = [inOrder(name, one), inOrder(name, other)];
    return first.flatMap((item, at) =>
      differences({ ...wanted, value: item }, { ...got, value: second[at] ?? null }, `${path}[${at}]`),
    );
  }
  if (isObject(one) && isObject(other)) {
    const [names, others] = [entriesOf(one), entriesOf(other)];
    const shown = (list: readonly (readonly [string, JsonValue])[]) => list.map(([key]) => key).join();
    if (shown(names) !== shown(others)) {
      return [`${path || "(reply)"}: {${shown(others)}}, with poold {${shown(names)}}`];
    }
    return names.flatMap(([key, value], at) =>
      differences(
        { ...wanted, value },
        { ...got, value: others[at]?.[1] ?? null },
        path ? `${path}.${key}` : key,
      ),
    );
  }
  if (one === other) return [];
  if (HEIGHTS.includes(name) && Number(one) - wanted.height === Number(other) - got.height) return [];
  if ((MORE_MATCHERS[name] ?? MATCHERS[name])?.(one, other) === true) return [];
  return [`${path || "(reply)"}: ${brief(other)}, with poold ${brief(one)}`];
}

/** A list that the daemon sorts by keys has another order in each run: compared by what does not vary. */
function inOrder(name: string, list: readonly JsonValue[]): readonly JsonValue[] {
  const sortBy = { accounts: "version", tickets: "state", modification_fees: "action" }[name];
  if (sortBy === undefined) return list;
  const keyOf = (item: JsonValue) => (isObject(item) ? String(item[sortBy]) : "");
  return [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A map from keys to something is compared by its values. */
function entriesOf(value: { readonly [key: string]: JsonValue }): [string, JsonValue][] {
  const entries = Object.entries(value);
  const keyed = entries.every(([key]) => /^[0-9a-f]{64,66}$/.test(key));
  return keyed && entries.length > 0 ? entries.map(([, each]) => ["<key>", each]) : entries;
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function brief(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 140 ? `${text.slice(0, 140)}…` : text;
}
