import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { ROOT } from "../../support/pool-api.ts";
import { renderPage } from "../../support/render-page.tsx";
import { SHOP_CONFIG, shopReference } from "../../support/shop-api.ts";

const GOLDEN = join(ROOT, "test/golden/pages");
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
    assertGolden(path, content);
    if (path.endsWith(".mdx")) {
      const { html } = await renderPage(content);
      assertGolden(path.replace(".mdx", ".html"), `${html.replace(/></g, ">\n<").trim()}\n`);
    }
  });
}

/** Compares with the file of that name; what differs is written beside it as `*-changed.*`. */
function assertGolden(name: string, content: string): void {
  const golden = join(GOLDEN, name);
  const changed = join(dirname(golden), basename(golden).replace(/(\.\w+)$/, "-changed$1"));
  if (!existsSync(golden) || readFileSync(golden, "utf8") !== content) {
    mkdirSync(dirname(changed), { recursive: true });
    writeFileSync(changed, content);
    assert.fail(`differs from ${golden}: read ${changed}, and move it there if it is right`);
  }
  rmSync(changed, { force: true });
}
