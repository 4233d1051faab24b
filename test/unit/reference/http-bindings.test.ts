import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { createFileRegistry } from "@bufbuild/protobuf";
import { readHttpBindings } from "../../../lib/reference/http-bindings.ts";
import { buildImage, ROOT } from "../../support/pool-api.ts";

const registry = createFileRegistry(await buildImage(ROOT, join(ROOT, "test/fixtures/bindings")));
const METHOD = "bindings.v1.Bindings.Take";
const read = (yaml: string) => readHttpBindings(yaml, "x.yaml", registry);

test("every verb, custom verbs and additional bindings, in order", () => {
  const yaml = `http:
  rules:
    - selector: ${METHOD}
      put: /c/{id}
      body: item
      response_body: item
      additional_bindings:
        - patch: /c/{item.inner.key=shelves/*}/{at}:move
        - custom: {kind: HEAD, path: /h}
    - selector: ${METHOD}
      delete: /d
      body: "*"
`;
  assert.deepEqual(read(yaml).get(METHOD), [
    { verb: "PUT", path: "/c/{id}", body: "item", responseBody: "item" },
    { verb: "PATCH", path: "/c/{item.inner.key=shelves/*}/{at}:move", body: null },
    { verb: "HEAD", path: "/h", body: null },
    { verb: "DELETE", path: "/d", body: "*" },
  ]);
  assert.equal(read("").size, 0);
});

const rule = (lines: string) => `http:\n  rules:\n    - selector: ${METHOD}\n      ${lines}\n`;

const mistakes: readonly { readonly yaml: string; readonly error: RegExp }[] = [
  { yaml: "http: [\n", error: /^x\.yaml:\d: / },
  { yaml: "http:\n  rules:\n    - text\n", error: /^x\.yaml:3: an HTTP rule is a mapping/ },
  { yaml: "http:\n  rules:\n    - get: /v1\n", error: /^x\.yaml:3: .*selector \(none\)/ },
  {
    yaml: "http:\n  rules:\n    - selector: bindings.v1.Bindings.Gone\n      get: /v1\n",
    error: /^x\.yaml:3: .*bindings\.v1\.Bindings\.Gone is no method/,
  },
  { yaml: rule("body: id"), error: /^x\.yaml:3: .*no verb with a path/ },
  { yaml: rule("get: v1"), error: /^x\.yaml:3: .*does not begin with \// },
  {
    yaml: rule('get: "/v1/{gone}"'),
    error: /^x\.yaml:3: .*\{gone\}: gone is no field of bindings\.v1\.Request/,
  },
  {
    yaml: rule('get: "/v1/{item.gone=a/*}"'),
    error: /^x\.yaml:3: .*\{item\.gone\}: gone is no field of bindings\.v1\.Item/,
  },
  { yaml: rule('get: "/v1/{id.key}"'), error: /^x\.yaml:3: .*no field of id, which is no message/ },
  { yaml: rule('get: "/v1/{item}"'), error: /^x\.yaml:3: .*\{item\} is no single value/ },
  { yaml: rule('get: "/v1/{tags}"'), error: /^x\.yaml:3: .*\{tags\} is no single value/ },
  { yaml: rule('get: "/v1/{labels}"'), error: /^x\.yaml:3: .*\{labels\} is no single value/ },
  { yaml: rule('get: "/v1/{}"'), error: /^x\.yaml:3: .*an empty name is no field/ },
  { yaml: rule('get: "/v1/{id"'), error: /^x\.yaml:3: .*brace of the path .* has no partner/ },
  { yaml: rule('get: "/v1/{id}/{id}"'), error: /^x\.yaml:3: .*has \{id\} twice/ },
  {
    yaml: rule("post: /v1\n      body: gone"),
    error: /^x\.yaml:3: .*body gone is no field of bindings\.v1\.Request/,
  },
  {
    yaml: rule('post: "/v1/{id}"\n      body: id'),
    error: /^x\.yaml:3: .*id is in the path .* and the body/,
  },
  {
    yaml: rule("get: /v1\n      response_body: gone"),
    error: /^x\.yaml:3: .*response_body gone is no field of bindings\.v1\.Reply/,
  },
  {
    yaml: rule('get: /v1\n      additional_bindings:\n        - get: "/v2/{gone}"'),
    error: /^x\.yaml:6: .*\{gone\}: gone is no field/,
  },
  {
    yaml: rule("get: /v1\n      additional_bindings:\n        - {post: /v2, body: gone}"),
    error: /^x\.yaml:6: .*body gone is no field/,
  },
];

for (const { yaml, error } of mistakes) {
  test(`${JSON.stringify(yaml)} is an error with its line`, () => {
    assert.throws(() => read(yaml), { name: "SourceError", message: error });
  });
}
