import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import {
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema, FileOptionsSchema } from "@bufbuild/protobuf/wkt";
import { findMethod, loadRegistry } from "../../../lib/schema/registry.ts";
import { sliceMethod } from "../../../lib/schema/slice.ts";
import { buildImage, loadPoolApi, ROOT } from "../../support/pool-api.ts";
import { sampleJson } from "../../support/sample-json.ts";

const pool = await loadPoolApi();
const special = createFileRegistry(await buildImage(ROOT, join(ROOT, "test/fixtures/slice")));

/** What the browser gets: the slice over the wire. */
function slice(registry: FileRegistry, method: string): { set: FileDescriptorSet; registry: FileRegistry } {
  const bytes = toBinary(FileDescriptorSetSchema, sliceMethod(registry, method));
  return { set: fromBinary(FileDescriptorSetSchema, bytes), registry: loadRegistry(bytes) };
}

/** Full names of the messages and enums that a message can hold, itself included. */
function closure(message: DescMessage, names = new Set<string>()): Set<string> {
  if (!names.has(message.typeName)) {
    names.add(message.typeName);
    for (const field of message.fields) {
      if (field.message !== undefined) closure(field.message, names);
      if (field.enum !== undefined) names.add(field.enum.typeName);
    }
  }
  return names;
}

function assertSameEncoding(full: FileRegistry, sliced: FileRegistry, message: DescMessage): void {
  const slicedMessage = sliced.getMessage(message.typeName);
  assert.ok(slicedMessage, message.typeName);
  for (const choice of [0, 1, 2, 3, 4, 5, 6]) {
    const sample = fromJson(message, sampleJson(message, choice, 3), { registry: full });
    const bytes = toBinary(message, sample);
    const decoded: Message = fromBinary(slicedMessage, bytes);
    assert.deepEqual(toBinary(slicedMessage, decoded), bytes);
    assert.deepEqual(toJson(slicedMessage, decoded), toJson(message, sample));
    assert.equal(decoded.$unknown, undefined);
  }
}

for (const { name } of pool.reference.services.flatMap((service) => service.methods)) {
  test(`the slice of ${name} holds its closure alone and encodes like the whole`, () => {
    const method = findMethod(pool.registry, name);
    assert.ok(method, "method");
    const sliced = slice(pool.registry, name);
    const types = [...sliced.registry].flatMap((type) =>
      type.kind === "message" || type.kind === "enum" ? [type] : [],
    );
    const expected = closure(method.output, closure(method.input));
    // A message that only holds a needed type stays, without fields.
    const needed = types.filter(
      (type) => expected.has(type.typeName) || type.kind === "enum" || type.fields.length > 0,
    );
    assert.deepEqual(needed.map((type) => type.typeName).sort(), [...expected].sort());

    const slicedMethod = findMethod(sliced.registry, name);
    assert.equal(slicedMethod?.methodKind, method.methodKind);
    assert.equal(slicedMethod?.parent.methods.length, 1);
    for (const message of [method.input, method.output]) {
      assertSameEncoding(pool.registry, sliced.registry, message);
    }
  });
}

test("a slice has no comments and no option that is not needed", () => {
  for (const { name } of pool.reference.services.flatMap((service) => service.methods)) {
    for (const file of slice(pool.registry, name).set.file) {
      assert.equal(file.sourceCodeInfo, undefined);
      // A client in Go is imported from there.
      const options = file.options === undefined ? {} : toJson(FileOptionsSchema, file.options);
      assert.ok(
        Object.keys(options as object).every((name) => name === "goPackage"),
        "options of a file but its Go package",
      );
      assert.ok(
        file.messageType.every(({ field }) => field.every(({ options }) => options === undefined)),
        "file.messageType.every(({ field }) => field.every(({ options }) => options === undefined))",
      );
    }
  }
});

test("all slices together are a fraction of shipping the whole to each page", () => {
  const whole = toBinary(FileDescriptorSetSchema, pool.image).length;
  const sizes = pool.reference.services
    .flatMap((service) => service.methods)
    .map(({ name }) => toBinary(FileDescriptorSetSchema, sliceMethod(pool.registry, name)).length);
  assert.ok(Math.max(...sizes) < whole / 10, `largest slice ${Math.max(...sizes)} of ${whole} bytes`);
});

test("shells, groups, maps, aliases, public imports, proto2 and edition features survive", () => {
  const { set, registry } = slice(special, "slice.v1.Slicing.Take");
  assert.deepEqual(
    set.file.map(({ name, dependency }) => ({ name, dependency })),
    [
      { name: "types.proto", dependency: [] },
      { name: "service.proto", dependency: ["types.proto"] },
    ],
  );
  const messages = [...registry].flatMap((type) => (type.kind === "message" ? [type] : []));
  assert.deepEqual(messages.map(({ typeName, fields }) => [typeName, fields.length]).sort(), [
    ["slice.v1.Box", 0],
    ["slice.v1.Box.Inside", 4],
    ["slice.v1.Request", 5],
    ["slice.v1.Request.Pair", 1],
  ]);
  const method = findMethod(special, "slice.v1.Slicing.Take");
  assert.ok(method, "method");
  assertSameEncoding(special, registry, method.input);
});

test("an unknown method is an error", () => {
  assert.throws(() => sliceMethod(pool.registry, "poolrpc.Trader.Gone"), /no method poolrpc\.Trader\.Gone/);
});
