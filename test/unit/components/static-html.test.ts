import assert from "node:assert/strict";
import { test } from "node:test";
import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { staticHtml } from "../../../components/reference/static-html.ts";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { HOSTILE_COMMENTS, HOSTILE_CONFIG, hostileReference } from "../../support/hostile-api.ts";
import { pageElement } from "../../support/render-page.tsx";
import { SHOP_CONFIG, shopReference } from "../../support/shop-api.ts";

test("pages are the same HTML as React's static renderer makes of them", async () => {
  for (const { path, content } of buildPages(await shopReference(), SHOP_CONFIG)) {
    // Its filter is a component of the browser, which it is not taken for outside of the site's build.
    if (!path.endsWith(".mdx") || content.includes("<ErrorFilter")) continue;
    const { element } = await pageElement(content);
    assert.equal(staticHtml(element), renderToStaticMarkup(element), path);
  }
});

for (const { name, comment } of HOSTILE_COMMENTS) {
  test(`THREATS 18: a comment with ${name} is escaped as React escapes it`, async () => {
    for (const { path, content } of buildPages(await hostileReference(comment), HOSTILE_CONFIG)) {
      if (!path.endsWith(".mdx")) continue;
      const { element } = await pageElement(content);
      assert.equal(staticHtml(element), renderToStaticMarkup(element), path);
    }
  });
}

const ELEMENTS = [
  { what: "text in an attribute", element: h("a", { href: "/\"'<>&", title: 'a"b' }, "x") },
  { what: "nested arrays and nothing", element: h("p", null, ["a", [null, false, 0, "b"]], undefined) },
  { what: "a boolean attribute", element: h("details", { open: true }, h("summary", null, "s")) },
  {
    what: "aria and data of every kind",
    element: h("i", { "aria-hidden": true, "data-n": 3, "data-no": false }),
  },
  { what: "void elements", element: h("p", null, h("br"), h("wbr"), h("hr")) },
];

for (const { what, element } of ELEMENTS) {
  test(`the same HTML: ${what}`, () => {
    assert.equal(staticHtml(element), renderToStaticMarkup(element));
  });
}

const MORE_THAN_MARKUP = [
  { what: "a handler", element: h("p", { onClick: () => {} }) },
  { what: "a style", element: h("p", { style: { color: "red" } }) },
  // biome-ignore lint/security/noDangerouslySetInnerHtml: what is to be refused
  { what: "HTML of its own", element: h("p", { dangerouslySetInnerHTML: { __html: "<b>" } }) },
  {
    what: "a component of the browser",
    element: h(Object.assign(() => null, { $$typeof: Symbol.for("react.client.reference") })),
  },
];

for (const { what, element } of MORE_THAN_MARKUP) {
  test(`no HTML where there is ${what}`, () => {
    assert.equal(staticHtml(h("div", null, element)), null);
  });
}
