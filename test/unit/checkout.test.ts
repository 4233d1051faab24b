import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keepCheckouts } from "../../bin/steps/checkout.ts";
import { generate } from "../../bin/steps/generate.ts";
import { webAddress } from "../../bin/steps/read-git.ts";
import { projectOf } from "../support/two-apis.ts";

/** The site, and beside its protos a git checkout of them in another version: a method less, another comment. */
function siteWithCheckout() {
  const paths = ["proto", "content/replies", "playground.config.ts", "package.json"];
  const site = projectOf({
    ...Object.fromEntries(paths.map((path) => [path, path])),
    "checkout/sub/poolrpc/trader.proto": "proto/poolrpc/trader.proto",
    "checkout/sub/auctioneerrpc": "proto/auctioneerrpc",
  });
  const folder = join(site.root, "checkout");
  site.edit("checkout/sub/poolrpc/trader.proto", (text) =>
    text
      .replace(/\n *rpc CancelSidecar\b[^\n]*/, "")
      .replace(/(\n *\/\/[^\n]*)+(\n *rpc GetInfo\b)/, "\n  // Says how the daemon of this checkout is.$2"),
  );
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=T", "-c", "user.email=t@example.test", ...args], {
      encoding: "utf8",
    }).trim();
  git("init", "--quiet");
  git("remote", "add", "origin", "git@github.com:owner/pool.git");
  git("add", ".");
  git("commit", "--quiet", "--message", "protos");
  return { ...site, git, commit: git("rev-parse", "HEAD") };
}

const run = async (root: string) => {
  const lines: string[] = [];
  await generate({ root, log: (line) => lines.push(line) });
  return lines.filter((line) => line.startsWith("generate: note: "));
};

test("a checkout's protos are shown with its comments, its lines and its commit; what does not fit is left out", async () => {
  using site = siteWithCheckout();
  await generate({ root: site.root });
  const own = readFileSync(join(site.root, "content/reference/poolrpc.Trader/GetInfo.mdx"), "utf8");
  keepCheckouts(site.root, { pool: { protoRoot: "checkout/sub", upstream: {} } });
  const notes = await run(site.root);
  assert.ok(
    notes.some((note) =>
      note.includes("poolrpc.Trader.CancelSidecar: named in the config, and not in these protos"),
    ),
    notes.join("\n"),
  );
  const read = (path: string) => readFileSync(join(site.root, path), "utf8");
  const page = read("content/reference/poolrpc.Trader/GetInfo.mdx");
  assert.match(page, /Says how the daemon of this checkout is\./);
  const line =
    read("checkout/sub/poolrpc/trader.proto")
      .split("\n")
      .findIndex((text) => /rpc GetInfo\b/.test(text)) + 1;
  assert.ok(
    page.includes(`https://github.com/owner/pool/blob/${site.commit}/sub/poolrpc/trader.proto#L${line}"`),
    "the method's link leads to its line in the checkout's commit",
  );
  assert.match(page, /permissions=\{\["/);
  assert.match(page, /\{\/\* Generated from checkout\/sub\/poolrpc\/trader\.proto/);

  const check = await generate({ root: site.root, check: true });
  assert.ok(check.written.length > 0, "a check is of the site's own protos");
  keepCheckouts(site.root, {});
  await generate({ root: site.root });
  assert.equal(read("content/reference/poolrpc.Trader/GetInfo.mdx"), own);
});

test("an upstream that is named wins over the git's; a tag is the release; edited protos are said", async () => {
  using site = siteWithCheckout();
  site.git("tag", "v9.9.9");
  appendFileSync(join(site.root, "checkout/sub/auctioneerrpc/hashmail.proto"), "\n// More.\n");
  const upstream = { repository: "https://example.test/pool", commit: "v9.9.9" };
  keepCheckouts(site.root, { pool: { protoRoot: "checkout/sub", upstream } });
  const notes = await run(site.root);
  assert.ok(
    notes.some((note) => /sub\/auctioneerrpc\/hashmail\.proto: not as in commit/.test(note)),
    notes.join("\n"),
  );
  const { source } = JSON.parse(readFileSync(join(site.root, "content/reference/navigation.json"), "utf8"));
  assert.deepEqual([source.release, source.commit], ["v9.9.9", site.commit]);
});

test("protos that are in no git have no links, and it is said what to do", async () => {
  using site = projectOf({
    "playground.config.ts": "test/fixtures/two-apis/playground.config.ts",
    proto: "proto",
    shop: "test/fixtures/shop",
    "package.json": "package.json",
  });
  mkdirSync(join(site.root, "shop"), { recursive: true });
  writeFileSync(join(site.root, "shop/permissions.yaml"), "");
  site.edit("playground.config.ts", (text) => text.replace(/upstream: \{[^}]*\},/, "upstream: {},"));
  const notes = await run(site.root);
  assert.ok(notes[0]?.includes("give --upstream URL@COMMIT"), notes.join("\n"));
});

const ADDRESSES = {
  "git@github.com:owner/name.git": "https://github.com/owner/name",
  "ssh://git@github.com/owner/name": "https://github.com/owner/name",
  "https://github.com/owner/name.git": "https://github.com/owner/name",
  "https://user:secret@github.com/owner/name": "https://github.com/owner/name",
  "/home/ada/name": null,
  "": null,
} as const;

for (const [remote, address] of Object.entries(ADDRESSES)) {
  test(`the web address of ${JSON.stringify(remote)} is ${address}`, () => {
    assert.equal(webAddress(remote), address);
  });
}
