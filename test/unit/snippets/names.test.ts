import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { createFileRegistry, type DescMessage } from "@bufbuild/protobuf";
import { goCamelCase, goFieldNames, goTypeName, goValueName } from "../../../lib/snippets/go-names.ts";
import {
  isBoxed,
  oneofWithin,
  rustCamel,
  rustClientModule,
  rustSnake,
  typeWithin,
  variantName,
} from "../../../lib/snippets/rust-names.ts";
import { buildImage, ROOT } from "../../support/pool-api.ts";

const registry = createFileRegistry(await buildImage(ROOT, join(ROOT, "test/fixtures/names")));

function message(name: string): DescMessage {
  const found = registry.getMessage(name);
  if (found === undefined) throw new Error(`there is no message ${name}`);
  return found;
}

test("words of a proto file as protoc-gen-go writes them", () => {
  const names = [
    "foo_bar",
    "_foo",
    "foo_",
    "camelCase",
    "HTTPServer",
    "a1b2",
    "x_1",
    "foo__bar",
    "Self.Nested",
  ];
  const expected = [
    "FooBar",
    "XFoo",
    "Foo_",
    "CamelCase",
    "HTTPServer",
    "A1B2",
    "X_1",
    "Foo_Bar",
    "Self_Nested",
  ];
  assert.deepEqual(names.map(goCamelCase), expected);
});

test("fields of a Go struct give way to its methods and getters, wrappers of a oneof to nested types", () => {
  const self = message("type.v1.Self");
  const { field, oneof, wrapper } = goFieldNames(self);
  const named = (name: string) => self.fields.find((each) => each.name === name) as never;
  const read = (names: readonly string[], from: ReadonlyMap<never, string>) =>
    names.map((name) => from.get(named(name)));
  assert.deepEqual(
    read(["descriptor", "reset", "string", "size", "get_size", "proto_message"], field as never),
    ["Descriptor_", "Reset_", "String_", "Size", "GetSize_", "ProtoMessage_"],
  );
  assert.equal(oneof.get("nested"), "Nested");
  assert.deepEqual(read(["in_nested", "self_again"], wrapper as never), ["Self_InNested_", "Self_SelfAgain"]);
  const async = registry.getEnum("type.v1.Kind.Async");
  assert.ok(async !== undefined, "the enum is there");
  assert.equal(goTypeName(async), "Kind_Async");
  assert.equal(goValueName(async, "ASYNC_AWAIT"), "Kind_ASYNC_AWAIT");
});

test("words of a proto file as prost writes them", () => {
  const names = ["type", "self", "camelCase", "HTTPServer", "x_1", "_leading", "1st", "gen", "a1B"];
  const snake = ["r#type", "self_", "camel_case", "http_server", "x_1", "leading", "_1st", "r#gen", "a1_b"];
  assert.deepEqual(names.map(rustSnake), snake);
  const camel = ["Type", "Self_", "CamelCase", "HttpServer", "X1", "Leading", "_1st", "Gen", "A1B"];
  assert.deepEqual(names.map(rustCamel), camel);
  assert.equal(rustClientModule("HTTPNames"), "http_names_client");
  assert.equal(rustClientModule("HashMail"), "hash_mail_client");
});

test("variants of a Rust enum lose its name, and have one name a number", () => {
  const box = registry.getEnum("type.v1.Self.InNested.Box");
  const async = registry.getEnum("type.v1.Kind.Async");
  assert.ok(box !== undefined && async !== undefined, "the enums are there");
  assert.deepEqual(
    [0, 1, 2].map((number) => variantName(box, number)),
    ["None", "Box1st", "Self_"],
  );
  assert.deepEqual(
    [1, 2, 3, -1].map((number) => variantName(async, number)),
    ["Await", "Type", "Self_", "NEgAtive"],
  );
  assert.deepEqual(typeWithin(box), ["self_", "in_nested", "Box"]);
});

test("oneofs of Rust give way to nested messages; what holds itself is boxed", () => {
  const self = message("type.v1.Self");
  assert.deepEqual(oneofWithin(self, "nested"), ["self_", "NestedOneOf"]);
  const boxed = ["type.v1.Recursive", "type.v1.Between", "type.v1.Self", "old.Old.Inner"]
    .flatMap((name) => message(name).fields)
    .filter(isBoxed)
    .map(({ parent, name }) => `${parent.name}.${name}`);
  assert.deepEqual(boxed, ["Recursive.between", "Between.back", "Self.self_again", "Inner.back"]);
});
