import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { loadPoolApi } from "../support/pool-api.ts";

interface Facts {
  readonly files: readonly { name: string; upstreamPath: string; package: string; imports: string[] }[];
  readonly services: readonly { name: string; methods: readonly MethodFacts[] }[];
  readonly messages: readonly {
    name: string;
    fields: readonly FieldFacts[];
    reserved?: [number, number][];
  }[];
  readonly enums: readonly { name: string; values: readonly { name: string; number: number }[] }[];
}

interface MethodFacts {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly cli?: string;
  readonly http?: readonly { verb: string; path: string; body?: string }[];
  readonly permissions?: readonly string[];
}

interface FieldFacts {
  readonly name: string;
  readonly number: number;
  readonly type?: string;
  readonly map?: { key: string; value: string };
  readonly repeated?: boolean;
  readonly oneof?: string;
  readonly deprecated?: boolean;
}

const facts = JSON.parse(
  readFileSync(new URL("../fixtures/pool-api.json", import.meta.url), "utf8"),
) as Facts;
const { registry, reference } = await loadPoolApi();
/** The files that Pool has upstream: others in `proto/` are the sandbox's own. */
const files = facts.files.flatMap(({ upstreamPath }) => registry.getFile(upstreamPath) ?? []);
const messages = files.flatMap((file) => file.messages.flatMap(withNested));
const enums = files.flatMap((file) => [
  ...file.enums,
  ...file.messages.flatMap(withNested).flatMap((message) => message.nestedEnums),
]);
const services = files.flatMap((file) => file.services);

test("the facts have the counts that the API is known to have", () => {
  const methods = facts.services.flatMap((service) => service.methods);
  const counts = {
    services: facts.services.length,
    methods: methods.length,
    messages: facts.messages.length,
    fields: facts.messages.flatMap((message) => message.fields).length,
    enums: facts.enums.length,
    bindings: methods.flatMap((method) => method.http ?? []).length,
  };
  assert.deepEqual(counts, { services: 3, methods: 48, messages: 142, fields: 452, enums: 18, bindings: 26 });
});

test("files have upstream's packages and imports", () => {
  const expected = facts.files.map((file) => ({
    name: file.upstreamPath,
    package: file.package,
    imports: file.imports,
  }));
  const actual = files.map(({ proto }) => ({
    name: proto.name,
    package: proto.package,
    imports: proto.dependency,
  }));
  assert.deepEqual(byName(actual), byName(expected));
});

test("services have the same methods, in the same order, with the same types and streaming", () => {
  const expected = facts.services.map(({ name, methods }) => ({
    name,
    methods: methods.map(({ name, input, output, clientStreaming, serverStreaming }) => ({
      name,
      input,
      output,
      clientStreaming,
      serverStreaming,
    })),
  }));
  const actual = services.map(({ typeName, methods }) => ({
    name: typeName,
    methods: methods.map(({ name, input, output, proto }) => ({
      name,
      input: input.typeName,
      output: output.typeName,
      clientStreaming: proto.clientStreaming,
      serverStreaming: proto.serverStreaming,
    })),
  }));
  assert.deepEqual(byName(actual), byName(expected));
});

test("messages have the same fields: number, type, map, repeated, oneof, deprecated, reserved", () => {
  const expected = facts.messages.map(({ name, fields, reserved = [] }) => ({
    name,
    fields: fields.map(normal),
    reserved,
  }));
  const actual = messages.map((message) => ({
    name: message.typeName,
    fields: message.fields.map(fieldFacts),
    // The end of a range is exclusive in descriptors, inclusive in the facts.
    reserved: message.proto.reservedRange.map(({ start, end }) => [start, end - 1]),
  }));
  assert.deepEqual(byName(actual), byName(expected));
});

test("enums have the same values and numbers", () => {
  const actual = enums.map(({ typeName, values }) => ({
    name: typeName,
    values: values.map(({ name, number }) => ({ name, number })),
  }));
  const expected = facts.enums.map(({ name, values }) => ({
    name,
    values: values.map(({ name, number }) => ({ name, number })),
  }));
  assert.deepEqual(byName(actual), byName(expected));
});

/** The facts were taken from a list of one permission a method; the recorded daemon asks for all four here. */
const CORRECTED_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  "poolrpc.Trader.GetInfo": ["account:read", "order:read", "auction:read", "auth:read"],
};

/** The facts were taken from a list of one binding a method; the recorded daemon answers at these paths too. */
const MORE_BINDINGS: Readonly<Record<string, readonly string[]>> = {
  "poolrpc.Trader.BatchSnapshots": ["/v1/pool/batch/snapshots/{start_batch_id}", "/v1/pool/batch/snapshots"],
};

const factsByMethod = new Map<string, MethodFacts>(
  facts.services.flatMap(({ name, methods }) =>
    methods.map((method) => [`${name}.${method.name}`, method] as const),
  ),
);

for (const method of reference.services.flatMap((service) => service.methods)) {
  test(`${method.name} has the command, HTTP bindings and permissions of the facts`, () => {
    const expected = factsByMethod.get(method.name);
    assert.ok(expected, "expected");
    assert.equal(method.cli, expected.cli ?? null);
    assert.deepEqual(method.http, [
      ...(expected.http ?? []).map(({ verb, path, body = null }) => ({ verb, path, body })),
      ...(MORE_BINDINGS[method.name] ?? []).map((path) => ({ verb: "GET", path, body: null })),
    ]);
    // The facts list no permissions for the auctioneer's services: ours is an empty list or none.
    const permissions = CORRECTED_PERMISSIONS[method.name] ?? expected.permissions ?? [];
    assert.deepEqual(method.permissions ?? [], permissions);
  });
}

function withNested(message: DescMessage): DescMessage[] {
  return [message, ...message.nestedMessages.flatMap(withNested)];
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function normal({ name, number, type, map, repeated = false, oneof, deprecated = false }: FieldFacts) {
  return { name, number, type: type ?? null, map: map ?? null, repeated, oneof: oneof ?? null, deprecated };
}

function fieldFacts(field: DescField) {
  return normal({
    name: field.name,
    number: field.number,
    ...(field.fieldKind === "map"
      ? { map: { key: scalar(field.mapKey), value: typeName(field) } }
      : { type: typeName(field) }),
    repeated: field.fieldKind === "list",
    ...(field.oneof === undefined ? {} : { oneof: field.oneof.name }),
    deprecated: field.deprecated,
  });
}

function typeName(field: DescField): string {
  return field.message?.typeName ?? field.enum?.typeName ?? scalar(field.scalar);
}

function scalar(type: ScalarType | undefined): string {
  return type === undefined ? "?" : ScalarType[type].toLowerCase();
}
