import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { TRY_IT_ANCHOR } from "../../../lib/pages/links.ts";
import { literal } from "../../../lib/pages/mdx.ts";
import type { NavigationFile } from "../../../lib/pages/navigation.ts";
import { loadPoolApi, ROOT } from "../../support/pool-api.ts";
import { renderPage } from "../../support/render-page.tsx";

const { reference, sources } = await loadPoolApi();
const files = buildPages(reference, sources.config);
const pages = files.filter(({ path }) => path.endsWith(".mdx"));
const text = (path: string) => files.find((file) => file.path === `content/reference/${path}`)?.content ?? "";

const rendered = new Map<string, string>();
for (const { path, content } of pages) {
  const { html } = await renderPage(content);
  rendered.set(hrefOf(path), html);
}

function hrefOf(path: string): string {
  const slug = path.slice("content/reference/".length, -".mdx".length);
  return slug === "index" ? "/reference" : `/reference/${slug}`;
}

test("paths are sorted, and there is a page for each definition", () => {
  const paths = files.map(({ path }) => path);
  assert.deepEqual(paths, [...paths].sort());
  assert.equal(new Set(paths).size, paths.length);
  for (const href of [
    "/reference",
    "/reference/poolrpc.Trader",
    "/reference/poolrpc.Trader/GetInfo",
    "/reference/messages",
    "/reference/messages/poolrpc.Order",
    "/reference/enums",
    "/reference/enums/poolrpc.OrderState",
  ]) {
    assert.ok(rendered.has(href), href);
  }
});

test("every link leads to a page, every fragment to an element of it, and ids are unique", () => {
  const ids = new Map(
    [...rendered].map(([href, html]) => [href, [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1])]),
  );
  for (const [page, html] of rendered) {
    assert.equal(new Set(ids.get(page)).size, ids.get(page)?.length, `${page}: unique ids`);
    for (const [, href = ""] of html.matchAll(/ href="([^"]+)"/g)) {
      if (href.startsWith("https://github.com/lightninglabs/pool/blob/")) continue;
      const [target = "", fragment] = href.split("#");
      if (target.startsWith("/guides/")) {
        assert.ok(existsSync(join(ROOT, "content", `${target}.mdx`)), `${page}: ${href}`);
        continue;
      }
      const found = ids.get(target === "" ? page : target);
      assert.ok(found, `${page}: ${href}`);
      // The editor's anchor is set by the frame of a method's page.
      const isThere = fragment === undefined || fragment === TRY_IT_ANCHOR || found.includes(fragment);
      assert.ok(isThere, `${page}: ${href}`);
    }
  }
});

test("every name that a text refers to is a link: no reference is left as text", () => {
  for (const [page, html] of rendered) {
    assert.doesNotMatch(html.replace(/<code>[^<]*<\/code>/g, ""), /\]\[/, page);
  }
});

test("headings start with one h1 and leave out no level", () => {
  for (const [page, html] of rendered) {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    assert.equal(levels[0], 1, page);
    assert.equal(levels.filter((level) => level === 1).length, 1, page);
    const isSkipped = levels.slice(1).some((level, i) => level > (levels[i] ?? 0) + 1);
    assert.equal(isSkipped, false, `${page}: ${levels}`);
  }
});

test("a oneof stands where its first field stands, and says that at most one is set", () => {
  const html = rendered.get("/reference/messages/poolrpc.InitAccountRequest") ?? "";
  const order = [
    "field-account_value",
    "oneof-account_expiry",
    "field-absolute_height",
    "oneof-fees",
    "field-initiator",
  ];
  const positions = order.map((id) => html.indexOf(`id="${id}"`));
  assert.deepEqual(
    positions,
    [...positions].sort((a, b) => a - b),
  );
  assert.ok(
    positions.every((position) => position > 0),
    "positions.every((position) => position > 0)",
  );
  assert.match(html, /at most one of <code>account_expiry<\/code>/);
});

test("a method page writes out each nested type once, and says where the others are", () => {
  const html = rendered.get("/reference/poolrpc.Trader/SubmitOrder") ?? "";
  assert.match(html, /id="field-ask\.details\.rate_fixed"/);
  assert.match(html, /data-unfold="\/reference\/messages\/poolrpc\.Order"/);
  assert.match(html, /id="field-reply\.invalid_order\.fail_string"/);
  assert.match(html, /Write · .*order:write/);
});

test("navigation: the config's groups, a group for each other service, then the types", () => {
  const { groups, source } = JSON.parse(text("navigation.json")) as NavigationFile;
  assert.deepEqual(
    groups.slice(0, -1).map(({ title, items }) => [title, items.length]),
    [
      ["Trader · Accounts", 10],
      ["Trader · Orders", 4],
      ["Trader · Auction", 7],
      ["Trader · Sidecar channels", 6],
      ["Trader · Daemon", 3],
      ["ChannelAuctioneer", 14],
      ["HashMail", 4],
    ],
  );
  assert.equal(groups.at(-1)?.title, "Reference");
  for (const { href } of groups.flatMap(({ items }) => items)) {
    assert.ok(rendered.has(href), href);
  }
  assert.equal(source.url, `https://github.com/lightninglabs/pool/tree/${source.commit}`);
});

const literals = [
  { value: "</script>", literal: '"\\u003c/script\\u003e"' },
  { value: "{a}\u2028\u2029", literal: '"\\u007ba\\u007d\\u2028\\u2029"' },
  { value: 'quote " and \\', literal: '"quote \\" and \\\\"' },
  { value: "a\nb\tc\u0000", literal: '"a\\nb\\tc\\u0000"' },
  { value: "é 😀 \u202e", literal: '"é 😀 \\u202e"' },
  { value: { "<k>": [1, true, null] }, literal: '{"\\u003ck\\u003e":[1,true,null]}' },
];

for (const { value, literal: expected } of literals) {
  test(`literal: ${expected} is the value again when it is parsed`, () => {
    assert.equal(literal(value), expected);
    assert.deepEqual(JSON.parse(expected), value);
  });
}
