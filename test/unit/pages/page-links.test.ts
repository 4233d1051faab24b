import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { TRY_IT_ANCHOR } from "../../../lib/pages/links.ts";
import type { ResolvedApi } from "../../../lib/reference/api-config.ts";
import type { Reference } from "../../../lib/reference/reference.ts";
import { EVERYTHING_CONFIG, everythingReference } from "../../support/everything-api.ts";
import { renderPage } from "../../support/render-page.tsx";
import { SHOP_CONFIG, shopReference } from "../../support/shop-api.ts";

const APIS: readonly { config: ResolvedApi; reference: Reference }[] = [
  { config: SHOP_CONFIG, reference: await shopReference() },
  { config: EVERYTHING_CONFIG, reference: await everythingReference() },
];

for (const { config, reference } of APIS) {
  const base = `/reference/${config.id}`;

  test(`${config.id}: every link leads to a page and an anchor below its base, and anchors are unique`, async () => {
    const pages = new Map<string, { html: string; ids: readonly string[] }>();
    for (const { path, content } of buildPages(reference, config)) {
      if (!path.endsWith(".mdx")) continue;
      const slug = path.slice(`content${base}/`.length, -".mdx".length);
      const { html } = await renderPage(content);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
      pages.set(slug === "index" ? base : `${base}/${slug}`, { html, ids });
    }
    for (const [page, { html, ids }] of pages) {
      assert.equal(new Set(ids).size, ids.length, `${page}: ${ids.filter((id, i) => ids.indexOf(id) !== i)}`);
      for (const [, href = ""] of html.matchAll(/ (?:href|data-unfold)="([^"]+)"/g)) {
        if (href.startsWith("https:")) continue;
        const [target = "", fragment] = href.split("#");
        const found = pages.get(target === "" ? page : target);
        assert.ok(found, `${page}: ${href}`);
        const isThere =
          fragment === undefined ||
          fragment === TRY_IT_ANCHOR ||
          found.ids.includes(decodeURIComponent(fragment));
        assert.ok(isThere, `${page}: ${href}`);
      }
    }
  });

  test(`${config.id}: each page but the last leads to the next, and that one back`, () => {
    const nexts = new Map<string, string>();
    const previous = new Map<string, string>();
    const link = (text: string, name: string) =>
      new RegExp(`<Neighbours[^\\n]*? ${name}=\\{\\{"text":"(?:[^"\\\\]|\\\\.)*","href":"([^"]*)"`).exec(
        text,
      )?.[1];
    for (const { path, content } of buildPages(reference, config)) {
      if (!path.endsWith(".mdx")) continue;
      const slug = path.slice(`content${base}/`.length, -".mdx".length);
      const href = slug === "index" ? base : `${base}/${slug}`;
      const [next, before] = [link(content, "next"), link(content, "previous")];
      if (next !== undefined) nexts.set(href, next);
      if (before !== undefined) previous.set(href, before);
    }
    let last = base;
    let count = 1;
    for (let next = nexts.get(last); next !== undefined; next = nexts.get(next)) {
      assert.equal(previous.get(next), last, next);
      last = next;
      count++;
    }
    assert.equal(count, nexts.size + 1, "the way through leads past every page");
  });
}
