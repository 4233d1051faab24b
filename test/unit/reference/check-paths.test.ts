import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createFileRegistry } from "@bufbuild/protobuf";
import { checkPaths } from "../../../lib/reference/check-paths.ts";
import { buildImage, ROOT } from "../../support/pool-api.ts";

async function check(lines: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "playground-paths-"));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "a.proto"), `syntax = "proto3";\n${lines.join("\n")}\n`);
    const registry = createFileRegistry(await buildImage(ROOT, folder));
    checkPaths([...registry.files], "root");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const clashes: readonly { readonly lines: readonly string[]; readonly error: RegExp }[] = [
  {
    lines: ["message Foo {}", "message foo {}"],
    error: /^root\/a\.proto:3: foo: its page would be that of Foo: rename one/,
  },
  {
    lines: ["package p;", "message A {", "  message B {}", "  message b {}", "}"],
    error: /^root\/a\.proto:5: p\.A\.b: its page would be that of p\.A\.B/,
  },
  {
    lines: ["message M {}", "service S {", "  rpc Get(M) returns (M);", "  rpc GET(M) returns (M);", "}"],
    error: /^root\/a\.proto:5: S\.GET: its page would be that of S\.Get/,
  },
  {
    lines: ["message M {}", "service S {}", "service s {}"],
    error: /^root\/a\.proto:4: s: its page would be that of S/,
  },
  {
    lines: ["enum E { E0 = 0; }", "message M {", "}", "enum e {", "  e0 = 0; }"],
    error: /^root\/a\.proto:5: e: its page would be that of E/,
  },
  {
    lines: ["service Messages {}"],
    error: /^root\/a\.proto:2: Messages: .* that of all messages: give it a package/,
  },
];

for (const { lines, error } of clashes) {
  test(`${lines.join(" ")}: two pages at one path are an error with its line`, async () => {
    await assert.rejects(check(lines), { name: "SourceError", message: error });
  });
}

test("a message, an enum and a service may differ in capitals: their pages lie apart", async () => {
  await check(["message Foo {}", "enum foo { ZERO = 0; }", "service FOO {}"]);
});
