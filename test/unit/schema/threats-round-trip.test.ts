import assert from "node:assert/strict";
import { test } from "node:test";
import { create, fromBinary, ScalarType, toBinary, toJson } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { writeReply } from "../../../lib/schema/reply-text.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { integerRange, scalarName } from "../../../lib/schema/scalar-range.ts";
import { editorText } from "../../support/editor-text.ts";
import { randomFrom } from "../../support/random.ts";
import { integerMessage } from "../../support/scalar-schema.ts";
import { poolMessages, poolRegistry as registry } from "./pool-registry.ts";
import { randomMessage } from "./random-message.ts";

const CASES = 10_000;

test(`THREATS 15: ${CASES} requests as they are typed, over all messages and lenses: the bytes are protobuf-es' own, and so is their text`, () => {
  const random = randomFrom(15);
  const forms = ["hex", "base64", "base64url"] as const;
  const used = new Set<string>();
  for (let round = 0; round < CASES; round++) {
    const desc = poolMessages[round % poolMessages.length];
    assert.ok(desc !== undefined, "there is a message");
    const bytes = forms[round % forms.length] ?? "hex";
    const message = randomMessage(desc, random);
    const wire = toBinary(desc, message);
    const text = editorText(desc, message, random, bytes);
    for (const [, lens] of text.matchAll(/"(hex|base64|base64url|text|txid):/g)) used.add(lens ?? "");

    const read = readRequest(text, desc, { bytes, registry });
    if (read.kind !== "ok") assert.fail(`${desc.typeName}\n${text}\n${JSON.stringify(read.problems)}`);
    assert.deepEqual(read.wire, wire, text);

    const written = writeReply(desc, wire, { bytes: "base64", registry, emitDefaults: false });
    assert.ok(written.kind === "ok", "it is written");
    const json = toJson(desc, fromBinary(desc, wire), { registry, useProtoFieldName: true });
    assert.deepEqual(parsed(written.text), parsed(JSON.stringify(json)), text);

    const again = readRequest(written.text, desc, { bytes: "base64", registry });
    assert.ok(again.kind === "ok", "what is written can be read");
    assert.deepEqual(again.wire, wire);
  }
  assert.deepEqual([...used].sort(), ["base64", "base64url", "hex", "text", "txid"]);
});

test(`THREATS 15: ${CASES} integers as they are typed: kept to the last digit, or refused`, () => {
  const random = randomFrom(151);
  const { desc, fields } = integerMessage();
  let kept = 0;
  for (let round = 0; round < CASES; round++) {
    const field = fields[round % fields.length];
    const range = field?.scalar === undefined ? null : integerRange(field.scalar);
    assert.ok(field !== undefined && range !== null, "it is an integer");
    const { source, value } = typedNumber(random, range);
    const literal = random() < 0.5 ? `"${source}"` : source;
    const read = readRequest(`{"${field.name}": ${literal}}`, desc, { bytes: "hex", registry });
    const fits = value !== null && value >= range.min && value <= range.max;
    assert.equal(read.kind === "ok", fits, `${literal} as ${scalarName(field.scalar ?? ScalarType.INT32)}`);
    if (read.kind !== "ok") continue;
    kept++;
    const stored = reflect(desc, fromBinary(desc, read.wire)).get(field);
    assert.equal(BigInt(stored as number | bigint), value, literal);
  }
  assert.ok(kept > CASES / 4 && kept < (CASES * 3) / 4, `${kept} were kept`);
});

/** A number's text, with the integer that it stands for by another reckoning than the project's; null for a fraction. */
function typedNumber(
  random: () => number,
  { min, max }: { readonly min: bigint; readonly max: bigint },
): { source: string; value: bigint | null } {
  const near = [0n, 1n, min, max, 2n ** 53n, 2n ** 31n, 10n ** 18n][Math.floor(random() * 7)] ?? 0n;
  const whole = near + BigInt(Math.floor(random() * 7) - 3);
  const digits = whole.toString();
  switch (Math.floor(random() * 5)) {
    case 0:
      return { source: `${digits}.${"0".repeat(1 + Math.floor(random() * 4))}`, value: whole };
    case 1:
      return { source: `${digits}.${1 + Math.floor(random() * 9)}`, value: null };
    case 2: {
      const exponent = Math.floor(random() * 6);
      return { source: `${digits}e${exponent}`, value: whole * 10n ** BigInt(exponent) };
    }
    case 3: {
      const exponent = Math.floor(random() * 4);
      const divisor = 10n ** BigInt(exponent);
      return { source: `${digits}E-${exponent}`, value: whole % divisor === 0n ? whole / divisor : null };
    }
    default:
      return { source: digits, value: whole };
  }
}

/** JSON as values; protobuf-es writes -0 as 0. */
function parsed(text: string): unknown {
  return JSON.parse(text, (_, value) => (Object.is(value, -0) ? 0 : value));
}

test("a message without fields is an empty one", () => {
  for (const desc of poolMessages) {
    const read = readRequest("{}", desc, { bytes: "hex", registry });
    assert.deepEqual(read.kind === "ok" ? read.wire : null, toBinary(desc, create(desc)));
  }
});
