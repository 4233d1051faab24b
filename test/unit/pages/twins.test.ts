import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { twinFiles } from "../../../bin/steps/write-twins.ts";
import { contentsOf } from "../../../lib/pages/contents.ts";
import { foldNavigation } from "../../../lib/pages/fold-navigation.ts";
import { guideMarkdown } from "../../../lib/pages/guide-markdown.ts";
import { hasMarkdown, pageMarkdown } from "../../../lib/pages/markdown.ts";
import { element, mdxText } from "../../../lib/pages/mdx.ts";
import { readPage } from "../../../lib/pages/read-page.ts";
import { openIndexes } from "../../../lib/search/query.ts";
import type { SearchIndex } from "../../../lib/search/search-index.ts";
import "../../support/css-modules.ts";
import { ROOT } from "../../support/pool-api.ts";

const INFO = { kind: "message", title: "Order", description: "An order.", name: "shop.Order" } as const;
const BODY = [
  element("PageTitle", { title: "Order", name: "shop.Order" }),
  element("Doc", {
    text: "What is bought.\n\nSee [Buy][shop.Shop.Buy], [shop.Kind][] and [nothing][].\n<b>{not} markup</b>",
    links: { "shop.Shop.Buy": "/reference/shop.Shop/Buy", "shop.Kind": "/reference/enums/shop.Kind" },
  }),
  element("Section", { title: "Fields", id: "fields" }, [
    element("FieldList", {}, [
      element(
        "Field",
        { id: "field-rate", name: "rate", number: 2, type: [{ text: "uint32" }], chip: "ppb" },
        [
          element("Doc", { text: "The price.\nOf a block." }),
          element("Unfold", { label: "Values of Kind" }, [
            element("Value", { id: "value-x", name: "ONE", number: 1 }),
          ]),
        ],
      ),
    ]),
  ]),
  element("Unheard", { title: "New", of: { text: "Buy", href: "/x" } }, [
    element("Doc", { text: "Inside." }),
  ]),
];

test("a generated page is read back into what it was written from", () => {
  const { info, body } = readPage(mdxText("shop.proto", INFO, BODY));
  assert.deepEqual(info, INFO);
  assert.equal(mdxText("shop.proto", info, body), mdxText("shop.proto", INFO, BODY));
  for (const file of readdirSync(join(ROOT, "content/reference/poolrpc.Trader"))) {
    const text = readFileSync(join(ROOT, "content/reference/poolrpc.Trader", file), "utf8");
    const source = /Generated from (\S+) by/.exec(text)?.[1] ?? "";
    const page = readPage(text);
    assert.equal(mdxText(source, page.info, page.body), text, file);
  }
});

test("the twin of a page says all that the page says, its links standing alone", () => {
  assert.equal(
    pageMarkdown({ body: BODY }, { url: "/reference/messages/shop.Order" }),
    [
      "# Order",
      "",
      "`shop.Order`",
      "",
      "What is bought.",
      "",
      "See [Buy](/reference/shop.Shop/Buy), [shop.Kind](/reference/enums/shop.Kind) and [nothing][].",
      "<b>{not} markup</b>",
      "",
      "## Fields",
      "",
      "- **rate** · uint32 · field 2 · ppb",
      "",
      "  The price.",
      "  Of a block.",
      "",
      "  Values of Kind:",
      "",
      "  - **ONE** = 1",
      "",
      "- title: New · of: [Buy](/x)",
      "",
      "  Inside.",
      "",
      "---",
      "",
      "This page: /reference/messages/shop.Order",
      "",
    ].join("\n"),
  );
});

test("every component of a page has its form in Markdown", async () => {
  const { PAGE_COMPONENTS } = await import("../../../components/reference/page-components.ts");
  assert.deepEqual(
    Object.keys(PAGE_COMPONENTS).filter((tag) => !hasMarkdown(tag)),
    [],
  );
});

test("a guide's twin has its words without its tags", () => {
  const guide = [
    'export const page = { title: "T", description: "D" };',
    "",
    "# T",
    "",
    "<Lead>",
    "  First words.",
    "</Lead>",
    "",
    '<Callout title="Mind">',
    "Be careful.",
    "</Callout>",
    "",
    "<ClearingPrice />",
    "",
    "```sh run",
    "echo <Kept>",
    "```",
    "",
  ].join("\n");
  assert.equal(
    guideMarkdown(guide, { url: "/guides/t" }),
    [
      "# T\n\nFirst words.\n\n**Mind**\n\nBe careful.\n\n*Figure on the page: clearing price*\n",
      "```sh run\necho <Kept>\n```\n\n---\n\nThis page: /guides/t\n",
    ].join("\n"),
  );
});

test("a table of contents leads to sections, and on a type's page to its fields", () => {
  assert.deepEqual(contentsOf({ info: INFO, body: BODY }), [
    ["fields", "Fields", 0],
    ["field-rate", "rate", 1],
  ]);
});

test("the navigation of a large API is folded into links, that of a small one is not", () => {
  const groups = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      title: `S${i}`,
      items: Array.from({ length: 20 }, (_, j) => ({
        title: `M${j}`,
        href: `/reference/a.S${i}/M${j}`,
        access: "read" as const,
      })),
    }));
  assert.deepEqual(foldNavigation(groups(2), "/reference").groups, groups(2));
  const { groups: folded, files } = foldNavigation(groups(50), "/reference");
  assert.deepEqual(folded[3], {
    title: "S3",
    href: "/reference/a.S3",
    source: "/navigation/reference/3.json",
  });
  assert.deepEqual(files.get("/navigation/reference/3.json"), groups(50)[3]?.items);
});

test("of this project's pages everything is found at its place", () => {
  const files = twinFiles(ROOT);
  const indexes = (JSON.parse(files.get("public/search/list.json") ?? "[]") as string[]).map(
    (path) => JSON.parse(files.get(`public${path}`) ?? "null") as SearchIndex,
  );
  const { search } = openIndexes(indexes);
  for (const [query, href] of [
    ["SubmitOrder", "/reference/poolrpc.Trader/SubmitOrder"],
    ["rate fixed", "/reference/messages/poolrpc.Order#field-rate_fixed"],
    ["rateFixed", "/reference/messages/poolrpc.Order#field-rate_fixed"],
    ["pool orders cancel", "/reference/cli/orders-cancel"],
    ["DELETE /v1/pool/orders/{order_nonce}", "/reference/rest/delete-v1-pool-orders-order_nonce"],
    ["account:write", "/reference/permissions/account-write"],
    ["account not found", "/reference/errors/account-lookup#account-not-found"],
    ["ORDER_EXECUTED", "/reference/enums/poolrpc.OrderState#value-ORDER_EXECUTED"],
    ["what poold makes", "/guides/macaroons#what-poold-makes"],
    ["first call and connecting", "/notebooks/first-call"],
    ["From one reply into the next request", "/notebooks/first-call#from-one-reply-into-the-next-request"],
    ["notebooks", "/notebooks"],
    ["CancelOder", "/reference/poolrpc.Trader/CancelOrder"],
  ] as const) {
    assert.equal(search(query)[0]?.href, href, query);
  }
});
