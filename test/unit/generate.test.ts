import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hashFiles, listFiles } from "../../bin/steps/file-set.ts";
import { generate } from "../../bin/steps/generate.ts";
import { basePathOf, methodSlug } from "../../lib/pages/links.ts";
import { apiPath } from "../../lib/reference/api-config.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import config from "../../playground.config.ts";
import { ROOT } from "../support/pool-api.ts";
import { projectOf } from "../support/two-apis.ts";

const OUTPUTS = ["content/reference", "gen", "public/schema", ".cache/api"];

/** A copy of what the generator reads, in a folder of its own that goes away with the test. */
function project() {
  const paths = [
    "proto",
    "content/replies",
    "buf.yaml",
    "buf.gen.yaml",
    "playground.config.ts",
    "package.json",
  ];
  return projectOf(Object.fromEntries(paths.map((path) => [path, path])));
}

test("two projects with the same inputs get the same bytes, a page for each definition", async () => {
  using first = project();
  using second = project();
  await generate({ root: first.root });
  await generate({ root: second.root });
  assert.equal(hashFiles(first.root, OUTPUTS), hashFiles(second.root, OUTPUTS));
  const files = new Set(OUTPUTS.flatMap((output) => listFiles(first.root, output)));
  for (const api of config.apis) {
    const reference = readFileSync(join(first.root, `.cache/api/${api.id}/reference.json`), "utf8");
    const { services, messages, enums } = JSON.parse(reference) as Reference;
    const methods = services.flatMap((service) => service.methods.map(({ name }) => name));
    const slugs = [...services.map(({ name }) => name), ...methods.map(methodSlug)];
    slugs.push(
      ...messages.map(({ name }) => `messages/${name}`),
      ...enums.map(({ name }) => `enums/${name}`),
    );
    if (api.id === "pool") assert.equal(slugs.length, 3 + 48 + 142 + 18);
    const wanted = [
      ...slugs.map((slug) => `content${basePathOf(apiPath(api))}/${slug}.mdx`),
      ...methods.flatMap((name) => [`public/schema/${name}.binpb`, `public/schema/${name}.json`]),
      `public/schema/types-${api.id}.binpb`,
      `public/schema/protos-${api.id}.json`,
    ];
    assert.deepEqual(
      wanted.filter((path) => !files.has(path)),
      [],
    );
  }
});

test("the committed pages and code are what the protos give", async () => {
  const { written, deleted } = await generate({ root: ROOT, check: true });
  assert.deepEqual({ written, deleted }, { written: [], deleted: [] });
});

test("a second run does nothing; with force it writes nothing", async () => {
  using copy = project();
  const lines: string[] = [];
  assert.equal((await generate({ root: copy.root })).skipped, false);
  const second = await generate({ root: copy.root, log: (line) => lines.push(line) });
  assert.deepEqual(second, { written: [], deleted: [], skipped: true });
  assert.deepEqual(lines, ["generate: up to date"]);
  assert.deepEqual(await generate({ root: copy.root, force: true }), {
    written: [],
    deleted: [],
    skipped: false,
  });
});

test("a removed definition takes its page along, and its folder where that is empty", async () => {
  using copy = project();
  await generate({ root: copy.root });
  rmSync(join(copy.root, "proto/auctioneerrpc/hashmail.proto"));
  copy.edit("playground.config.ts", (text) =>
    text
      .replace(', "auctioneerrpc/hashmail.proto"', "")
      .replaceAll(', "poolrpc.HashMail"', "")
      .replace(/, commands: "[^"]*"/, "")
      .replace(/^ *(errors|replies): .*\n/gm, ""),
  );
  copy.edit("proto/poolrpc/permissions.yaml", (text) => text.replace(/^poolrpc\.HashMail.*\n/gm, ""));
  const { deleted, written } = await generate({ root: copy.root });
  assert.ok(
    deleted.includes("content/reference/poolrpc.HashMail/RecvStream.mdx"),
    'deleted.includes("content/reference/poolrpc.HashMail/RecvStream.mdx")',
  );
  assert.ok(
    deleted.includes("content/reference/messages/poolrpc.CipherBox.mdx"),
    'deleted.includes("content/reference/messages/poolrpc.CipherBox.mdx")',
  );
  assert.ok(
    deleted.includes("public/schema/poolrpc.HashMail.RecvStream.binpb"),
    'deleted.includes("public/schema/poolrpc.HashMail.RecvStream.binpb")',
  );
  assert.ok(
    deleted.includes("gen/auctioneerrpc/hashmail_pb.ts"),
    'deleted.includes("gen/auctioneerrpc/hashmail_pb.ts")',
  );
  assert.ok(
    written.includes("content/reference/navigation.json"),
    'written.includes("content/reference/navigation.json")',
  );
  assert.equal(existsSync(join(copy.root, "content/reference/poolrpc.HashMail")), false);
});

test("an edited, deleted or added file among the generated ones is put right", async () => {
  using copy = project();
  await generate({ root: copy.root });
  const before = hashFiles(copy.root, OUTPUTS);
  appendFileSync(join(copy.root, "content/reference/poolrpc.Trader.mdx"), "x");
  rmSync(join(copy.root, "gen/poolrpc/trader_pb.ts"));
  writeFileSync(join(copy.root, "content/reference/stray.mdx"), "x");

  const check = await generate({ root: copy.root, check: true });
  const expected = {
    written: ["content/reference/poolrpc.Trader.mdx", "gen/poolrpc/trader_pb.ts"],
    deleted: ["content/reference/stray.mdx"],
  };
  assert.deepEqual(check, { ...expected, skipped: false });
  assert.ok(existsSync(join(copy.root, "content/reference/stray.mdx")), "a check changes nothing");

  assert.deepEqual(await generate({ root: copy.root }), { ...expected, skipped: false });
  assert.equal(hashFiles(copy.root, OUTPUTS), before);
});

const broken: readonly { name: string; path: string; change: (text: string) => string; error: RegExp }[] = [
  {
    name: "a proto that does not parse",
    path: "proto/poolrpc/trader.proto",
    change: (text) => text.replace("service Trader {", "service Trader {\n  oops"),
    error: /^proto\/poolrpc\/trader\.proto:\d+:\d+:/,
  },
  {
    name: "an HTTP rule for no method",
    path: "proto/poolrpc/trader.yaml",
    change: (text) => text.replace("selector: poolrpc.Trader.GetInfo\n", "selector: poolrpc.Trader.Gone\n"),
    error: /^proto\/poolrpc\/trader\.yaml:6: .*poolrpc\.Trader\.Gone is no method/,
  },
  {
    name: "permissions of no method",
    path: "proto/poolrpc/permissions.yaml",
    change: (text) => text.replace("poolrpc.Trader.StopDaemon:", "poolrpc.Trader.Gone:"),
    error: /^proto\/poolrpc\/permissions\.yaml:3: poolrpc\.Trader\.Gone is no method/,
  },
  {
    name: "permissions that are no list",
    path: "proto/poolrpc/permissions.yaml",
    change: (text) => text.replace('StopDaemon: ["account:write"]', "StopDaemon: writes"),
    error: /^proto\/poolrpc\/permissions\.yaml:3: .*not a list of entity:action/,
  },
  {
    name: "a file of upstream lines that is no JSON",
    path: "proto/UPSTREAM.json",
    change: (text) => text.slice(0, 40),
    error: /^proto\/UPSTREAM\.json: not valid JSON/,
  },
  {
    name: "a group with an unknown method",
    path: "playground.config.ts",
    change: (text) => text.replace('"poolrpc.Trader.QuoteOrder"', '"poolrpc.Trader.Gone"'),
    error:
      /^playground\.config\.ts: apis\[0\]\.groups\[1\]\.methods\[0\] \(Trader · Orders\) names poolrpc\.Trader\.Gone/,
  },
  {
    name: "a method in two groups",
    path: "playground.config.ts",
    change: (text) => text.replace('"poolrpc.Trader.QuoteOrder"', '"poolrpc.Trader.GetInfo"'),
    error:
      /^playground\.config\.ts: apis\[0\]\.groups\[4\]\.methods\[0\] \(Trader · Daemon\) names poolrpc\.Trader\.GetInfo, which the group/,
  },
  {
    name: "a service config that is not there",
    path: "playground.config.ts",
    change: (text) => text.replace("proto/poolrpc/trader.yaml", "proto/poolrpc/gone.yaml"),
    error:
      /^playground\.config\.ts: apis\[0\]\.serviceConfig is proto\/poolrpc\/gone\.yaml, and there is no such file/,
  },
];

for (const { name, path, change, error } of broken) {
  test(`${name} is an error that names the place, and nothing is written`, async () => {
    using copy = project();
    copy.edit(path, change);
    await assert.rejects(generate({ root: copy.root }), (thrown: Error) => {
      assert.match(thrown.message.replace(/^buf build failed:\n/, ""), error);
      return true;
    });
    assert.deepEqual(
      OUTPUTS.flatMap((output) => listFiles(copy.root, output)),
      [],
    );
  });
}

test("a file that only its time stamp changes is not read as a change", async () => {
  using copy = project();
  await generate({ root: copy.root });
  mkdirSync(join(copy.root, "proto/empty"));
  utimesSync(join(copy.root, "proto/poolrpc/trader.proto"), new Date(), new Date());
  assert.equal((await generate({ root: copy.root })).skipped, true);
});
