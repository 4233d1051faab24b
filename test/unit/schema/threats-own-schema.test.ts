import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { createLanguage } from "../../../lib/editor/language.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { randomFrom } from "../../support/random.ts";
import { methodFixture } from "../editor/pool-docs.ts";
import { poolMessages, poolRegistry as registry } from "./pool-registry.ts";
import { randomMessage } from "./random-message.ts";

const CASES = 10_000;

/** What protobuf-es refuses in the parsed JSON and the playground takes, with the reason. */
const taken = {
  "an integer beyond 2^53 without quotes":
    "the source's digits are read, not the double that JSON.parse makes of them",
  "bytes with a lens of their own": "the prefix says how they are written",
  "an exact integer with an exponent or zeros after the point, in quotes": "it is a whole number",
} as const;

/** And what it refuses though protobuf-es would take it, by the problem's code. */
const stricter: Readonly<Record<string, string>> = {
  "duplicate-field": "of a key that is there twice, JSON.parse keeps the last in silence",
  "wrong-type": 'BigInt reads " 1", "+1" and "0x10": no daemon does',
  bytes: "base64 that is cut off would lose its end in silence",
};

test(`THREATS 16: ${CASES} valid and spoilt requests: what protobuf-es refuses is refused, but for a list with reasons`, () => {
  const random = randomFrom(16);
  const seen = {
    accepted: 0,
    refused: 0,
    taken: new Map<string, number>(),
    stricter: new Set<string>(),
  };
  for (let round = 0; round < CASES; round++) {
    const desc = poolMessages[round % poolMessages.length];
    assert.ok(desc !== undefined, "there is a message");
    const json = toJson(desc, randomMessage(desc, random), { registry, useProtoFieldName: random() < 0.5 });
    const text = spoil(JSON.stringify(json), random);
    const own = readRequest(text, desc, { bytes: "base64", registry });
    const theirs = judge(desc, text);
    if (own.kind === "ok" && theirs !== null) {
      // JSON.parse makes a double of a long integer, and protobuf-es takes that in silence: the digits are what counts.
      if (!hasLongInteger(text)) assert.deepEqual(own.wire, toBinary(desc, theirs), text);
      seen.accepted++;
    } else if (own.kind === "ok") {
      const reason = reasonFor(text);
      if (reason === null) assert.fail(`taken, and protobuf-es refuses it: ${desc.typeName} ${text}`);
      seen.taken.set(reason, (seen.taken.get(reason) ?? 0) + 1);
    } else if (theirs === null) seen.refused++;
    else {
      const reason = own.problems.find(({ severity, code }) => severity === "error" && code in stricter);
      if (reason === undefined) assert.fail(`refused, and protobuf-es takes it: ${desc.typeName} ${text}`);
      seen.stricter.add(reason.code);
    }
  }
  assert.ok(seen.accepted > CASES / 5, `${seen.accepted} were right`);
  assert.ok(seen.refused > CASES / 5, `${seen.refused} were wrong`);
  assert.deepEqual([...seen.taken.keys()].sort(), Object.keys(taken).sort());
  assert.deepEqual([...seen.stricter].sort(), Object.keys(stricter).sort());
});

test("THREATS 16: the editor's diagnostics hold an error exactly where the request is not sent", () => {
  const random = randomFrom(161);
  for (const name of [
    "SubmitOrder",
    "InitAccount",
    "WithdrawAccount",
    "Leases",
    "QuoteOrder",
    "ListOrders",
  ]) {
    const fixture = methodFixture(`poolrpc.Trader.${name}`);
    const language = createLanguage(fixture);
    for (let round = 0; round < 300; round++) {
      const json = toJson(fixture.desc, randomMessage(fixture.desc, random), { registry: fixture.registry });
      const text = spoil(JSON.stringify(json), random);
      const sent = readRequest(text, fixture.desc, fixture).kind === "ok";
      const errors = language.diagnose(text).filter(({ severity }) => severity === "error");
      assert.equal(errors.length === 0, sent, text);
    }
  }
});

/** The message that protobuf-es makes of a text, or null where it refuses it. */
function judge(desc: DescMessage, text: string): Message | null {
  try {
    return fromJson(desc, JSON.parse(text) as JsonValue, { registry });
  } catch {
    return null;
  }
}

function reasonFor(text: string): keyof typeof taken | null {
  if (/"(hex|base64|base64url|text|txid):/.test(text)) return "bytes with a lens of their own";
  if (/"-?\d+(\.0+|[eE]\+?\d+|\.0+[eE]\d+)"/.test(text)) {
    return "an exact integer with an exponent or zeros after the point, in quotes";
  }
  return hasLongInteger(text) ? "an integer beyond 2^53 without quotes" : null;
}

function hasLongInteger(text: string): boolean {
  const bare = text.matchAll(/(?<=[:[,]\s*)-?\d{16,}(?:\.0+)?(?:e\d+)?(?=\s*[,}\]])/g);
  return [...bare].some(([digits]) => !Number.isSafeInteger(Number(digits)));
}

/** A JSON text with a few things done to it that a hand or a program might do. */
function spoil(text: string, random: () => number): string {
  let spoilt = text;
  for (let count = Math.floor(random() * 3); count > 0; count--) {
    const change = changes[Math.floor(random() * changes.length)];
    if (change !== undefined) spoilt = replaceOne(spoilt, change[0], change[1], random);
  }
  return spoilt;
}

const strings = /(?<=[:[,])"[^"\\]*"(?=[,}\]])/g;
const keys = /"[^"\\]+"(?=\s*:)/g;
const numbers = /(?<=[:[,])-?\d+(\.\d+)?(?=[,}\]])/g;
const quotedNumbers = /(?<=[:[,])"-?\d+"(?=[,}\]])/g;
const literals = /(?<=[:[,])(true|false)(?=[,}\]])/g;
const values = /(?<=[:[,])("[^"\\]*"|-?\d+|true|false|\[\]|\{\})(?=[,}\]])/g;

const changes: readonly (readonly [RegExp, (found: string) => string])[] = [
  [strings, () => '"zz*"'],
  [strings, () => "12"],
  [strings, () => '""'],
  [strings, (found) => `${found.slice(0, -2)}"`],
  [strings, () => '"text:hello"'],
  [strings, () => '"hex:00ff"'],
  [strings, () => '"AP8"'],
  [strings, () => '"-_8="'],
  [strings, () => '"\\ud800"'],
  [strings, () => "null"],
  [keys, (found) => found.toUpperCase()],
  [keys, () => '"version"'],
  [keys, () => '"amt"'],
  [keys, () => '"[poolrpc.none]"'],
  [keys, (found) => found.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())],
  [numbers, (found) => `"${found}"`],
  [numbers, (found) => `${found}.5`],
  [numbers, (found) => `${found}.0`],
  [numbers, (found) => `${found}e2`],
  [numbers, () => "4294967296"],
  [numbers, () => "-1"],
  [numbers, () => '"NaN"'],
  [numbers, () => "1e400"],
  [numbers, () => "99999999999999999999"],
  [quotedNumbers, (found) => found.slice(1, -1)],
  [quotedNumbers, () => "18446744073709551615"],
  [quotedNumbers, () => "9007199254740993"],
  [quotedNumbers, () => '"18446744073709551616"'],
  [quotedNumbers, (found) => `"${found.slice(1, -1)}.0"`],
  [quotedNumbers, () => '"1e3"'],
  [quotedNumbers, () => '" 1"'],
  [quotedNumbers, () => '"0x10"'],
  [quotedNumbers, () => '"+1"'],
  [quotedNumbers, () => '"01"'],
  [literals, () => '"true"'],
  [literals, () => "1"],
  [literals, () => "null"],
  [values, () => "null"],
  [values, () => "[]"],
  [values, () => "{}"],
  [values, (found) => `[${found}]`],
  [values, () => '"ORDER_CHANNEL_TYPE_UNKNOWN"'],
  [values, () => '{"@type": "none"}'],
];

function replaceOne(
  text: string,
  pattern: RegExp,
  by: (found: string) => string,
  random: () => number,
): string {
  const found = [...text.matchAll(pattern)];
  const match = found[Math.floor(random() * found.length)];
  if (match === undefined) return text;
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}
