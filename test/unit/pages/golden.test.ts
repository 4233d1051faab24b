import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { assertGolden } from "../../support/golden.ts";
import { renderPage } from "../../support/render-page.tsx";
import { SHOP_CONFIG, shopReference } from "../../support/shop-api.ts";

const files = buildPages(await shopReference(), SHOP_CONFIG);

const paths = [
  "index.mdx",
  "navigation.json",
  "messages.mdx",
  "enums.mdx",
  "shop.v1.Shop.mdx",
  "shop.v1.Shop/Buy.mdx",
  "rest.mdx",
  "shop.v1.Shop/ListOrders.mdx",
  "shop.v1.Shop/Trade.mdx",
  "messages/shop.v1.Order.mdx",
  "messages/shop.v1.BuyRequest.mdx",
  "messages/shop.v1.BuyRequest.Tab.mdx",
  "enums/shop.v1.Kind.mdx",
  "cli.mdx",
  "cli/buy.mdx",
  "cli/list.mdx",
  "permissions.mdx",
  "permissions/shop-write.mdx",
  "errors.mdx",
  "errors/paying.mdx",
];

for (const path of paths) {
  test(`golden: ${path}`, async () => {
    const content = files.find((file) => file.path === `content/reference/shop/${path}`)?.content;
    assert.ok(content, "content");
    assertGolden(`pages/${path}`, content);
    if (path.endsWith(".mdx")) {
      const { html } = await renderPage(content);
      assertGolden(`pages/${path.replace(".mdx", ".html")}`, `${html.replace(/></g, ">\n<").trim()}\n`);
    }
  });
}
