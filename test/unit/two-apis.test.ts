import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../bin/steps/file-set.ts";
import { generate } from "../../bin/steps/generate.ts";
import type { NavigationFile } from "../../lib/pages/navigation.ts";
import { renderPage } from "../support/render-page.tsx";
import { twoApis } from "../support/two-apis.ts";

const site = twoApis();
test.after(() => site[Symbol.dispose]());
await generate({ root: site.root });
const read = (path: string) => readFileSync(join(site.root, path), "utf8");
const pagesOf = (folder: string) =>
  listFiles(site.root, `content/reference${folder}`).filter((path) => path.endsWith(".mdx"));

test("each API has its pages, its navigation and its descriptors", () => {
  for (const path of [
    "content/reference/poolrpc.Trader/GetInfo.mdx",
    "content/reference/shop/index.mdx",
    "content/reference/shop/shop.v1.Shop/Buy.mdx",
    "content/reference/shop/messages/shop.v1.Order.mdx",
    "public/schema/poolrpc.Trader.GetInfo.binpb",
    "public/schema/shop.v1.Shop.Buy.binpb",
    "public/schema/protos-pool.json",
    "public/schema/protos-shop.json",
    "public/schema/types-pool.binpb",
    "public/schema/types-shop.binpb",
    ".cache/api/pool/reference.json",
    ".cache/api/shop/reference.json",
  ]) {
    assert.ok(existsSync(join(site.root, path)), path);
  }
  const navigation = JSON.parse(read("content/reference/shop/navigation.json")) as NavigationFile;
  const hrefs = navigation.groups.flatMap(({ items }) => items.map(({ href }) => href));
  assert.ok(hrefs.includes("/reference/shop/shop.v1.Shop/Buy"), "the shop's navigation leads to its methods");
  assert.ok(
    hrefs.every((href) => href.startsWith("/reference/shop/")),
    "and to no other API's pages",
  );
  assert.equal(navigation.source.commit, "abcdef0123456789");
  assert.equal(JSON.parse(read("public/schema/shop.v1.Shop.Buy.json")).api, "shop");
});

test("every link of the shop's pages leads to a page of the shop, or out of the site", async () => {
  const pages = new Set(
    pagesOf("/shop").map((path) => path.slice("content".length, -".mdx".length).replace(/\/index$/, "")),
  );
  for (const path of pagesOf("/shop")) {
    const { html } = await renderPage(read(path));
    for (const [, href = ""] of html.matchAll(/ href="([^"]+)"/g)) {
      const [target = ""] = href.split("#");
      if (target === "" || target.startsWith("https://")) continue;
      assert.ok(pages.has(target), `${path}: ${href}`);
    }
  }
});

test("lines of a checkout are those of its files", () => {
  const line = read("shop/shop.proto").split("\n").indexOf("service Shop {") + 1;
  assert.match(
    read("content/reference/shop/shop.v1.Shop.mdx"),
    new RegExp(`https://example\\.test/shop/blob/abcdef0123456789/shop\\.proto#L${line}"`),
  );
});

test("a change in one API leaves the other's files alone; an API that goes takes its files along", async () => {
  using copy = twoApis();
  await generate({ root: copy.root });
  copy.edit("shop/shop.proto", (text) => text.replace("// What to buy.", "// What to buy today."));
  const { written } = await generate({ root: copy.root });
  assert.ok(written.length > 0, "the shop's pages change");
  assert.deepEqual(
    written.filter((path) => !path.includes("shop")),
    [],
  );
  copy.edit(
    "playground.config.ts",
    (text) => `${text.slice(0, text.indexOf('    {\n      id: "shop"'))}  ],\n};\n`,
  );
  const { deleted } = await generate({ root: copy.root });
  assert.ok(deleted.length > 20, "the shop's files are deleted");
  assert.deepEqual(
    deleted.filter((path) => !path.includes("shop")),
    [],
  );
  assert.equal(existsSync(join(copy.root, "content/reference/shop")), false);
});

test("a path at which another API has pages is a mistake of the config", async () => {
  using copy = twoApis();
  for (const path of ["messages", "rest", "enums"]) {
    copy.edit("playground.config.ts", (text) =>
      text.replace(/id: "shop",.*/, `id: "shop", path: "${path}",`),
    );
    await assert.rejects(
      generate({ root: copy.root }),
      new RegExp(
        `^ConfigError: playground\\.config\\.ts: apis\\[1\\]\\.path is ${path}, where another API has a page`,
      ),
    );
  }
});

test("what buf says of the protos of two APIs is said of both, with their paths", async () => {
  using copy = twoApis();
  copy.edit("shop/shop.proto", (text) => text.replace("service Shop {", "service Shop {\n  oops"));
  copy.edit("proto/auctioneerrpc/hashmail.proto", (text) => text.replace("service HashMail {", "service {"));
  await assert.rejects(generate({ root: copy.root }), (error: Error) => {
    assert.match(error.message, /^shop\/shop\.proto:\d+:\d+:/m);
    assert.match(error.message, /^proto\/auctioneerrpc\/hashmail\.proto:\d+:\d+:/m);
    return true;
  });
  rmSync(join(copy.root, "shop/shop.proto"));
  await assert.rejects(
    generate({ root: copy.root }),
    /apis\[1\]\.protoRoot is shop, which has no \.proto file/,
  );
});
