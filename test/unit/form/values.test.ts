import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfFile, maxFileBytes } from "../../../lib/form/file-bytes.ts";
import { numberLiteral } from "../../../lib/form/literal.ts";

const numbers: readonly (readonly [
  typed: string,
  input: "integer" | "decimal",
  before: string | null,
  literal: string,
])[] = [
  ["18446744073709551615", "integer", null, "18446744073709551615"],
  ["9007199254740993", "integer", '"9007199254740992"', '"9007199254740993"'],
  ["1e3", "integer", "1", "1e3"],
  ["007", "integer", "1", '"007"'],
  ["12x", "integer", "12", '"12x"'],
  ["12", "integer", '"12x"', "12"],
  ["-", "integer", null, '"-"'],
  ["-5", "integer", '"-"', "-5"],
  ["5", "integer", "null", "5"],
  ["1.5", "integer", "1", '"1.5"'],
  ["1.", "decimal", "1", '"1."'],
  ["1.5", "decimal", '"1."', "1.5"],
  ["NaN", "decimal", null, '"NaN"'],
  ["", "integer", "1", '""'],
];
for (const [typed, input, before, literal] of numbers) {
  test(`${JSON.stringify(typed)} typed as ${input} over ${before} is written ${literal}`, () => {
    assert.equal(numberLiteral(typed, input, before), literal);
  });
}

function file(size: number) {
  return { name: "a.bin", size, arrayBuffer: async () => new ArrayBuffer(size) };
}

test("a file is written in the request's form, or in base64 where only that fits", async () => {
  assert.deepEqual(await bytesOfFile(file(2), 10, "hex"), { kind: "ok", value: "0000", size: 2 });
  assert.deepEqual(await bytesOfFile(file(2), 10, "base64"), { kind: "ok", value: "AAA=", size: 2 });
  const large = await bytesOfFile(file(600_000), 10, "hex");
  assert.ok(large.kind === "ok" && large.value.startsWith("base64:AAAA"), "base64 with its prefix");
});

test("a file that no request can hold is refused with what is wrong", async () => {
  const over = await bytesOfFile(file(maxFileBytes + 1), 10, "hex");
  assert.match(over.kind === "problem" ? over.message : "", /a\.bin is larger than 1 MiB/);
  const whole = await bytesOfFile(file(maxFileBytes), 10, "hex");
  assert.match(whole.kind === "problem" ? whole.message : "", /1,048,576 bytes: written out/);
  const broken = { ...file(1), arrayBuffer: () => Promise.reject(new Error("gone")) };
  const gone = await bytesOfFile(broken, 10, "hex");
  assert.match(gone.kind === "problem" ? gone.message : "", /cannot be read/);
});
