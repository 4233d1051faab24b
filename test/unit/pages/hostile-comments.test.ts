import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { HOSTILE_COMMENTS, HOSTILE_CONFIG, hostileReference } from "../../support/hostile-api.ts";
import { renderPage } from "../../support/render-page.tsx";

process.env.PLAYGROUND_CANARY = "canary-4711";
Reflect.set(globalThis, "hostileRuns", () => Reflect.set(globalThis, "hostileRan", true));

const TAGS = new Set(
  "nav ol ul li a header h1 h2 h3 p section div dl dt dd span code pre em strong blockquote hr br wbr details summary figure figcaption table thead tbody tr th td b i s".split(
    " ",
  ),
);

for (const { name, comment, shown } of HOSTILE_COMMENTS) {
  test(`THREATS 18: a comment with ${name} is text on every page`, async () => {
    const files = buildPages(await hostileReference(comment), HOSTILE_CONFIG).filter(({ path }) =>
      path.endsWith(".mdx"),
    );
    assert.equal(files.length, 12);
    let isShown = 0;
    for (const { path, content } of files) {
      const { html, page } = await renderPage(content);
      const tags = [...html.matchAll(/<([a-zA-Z][^\s/>]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)];
      assert.equal(
        tags.length,
        [...html.matchAll(/<(?!\/)/g)].length,
        `${path}: every < starts a known form of tag`,
      );
      for (const [, tag = "", attributes = ""] of tags) {
        assert.ok(TAGS.has(tag), `${path}: <${tag}>`);
        for (const [, attribute = "", value = ""] of attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) {
          assert.match(
            attribute,
            /^(?:href|class|id|rel|start|style|open|aria-[a-z]+|data-(?:access|unfold|verb|title)|tabindex|scope)$/,
            path,
          );
          assert.ok(attribute !== "href" || /^(?:https:\/\/|\/reference|#)/.test(value), `${path}: ${value}`);
        }
      }
      assert.equal(
        /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u.test(content + html),
        false,
        `${path}: invisible characters`,
      );
      assert.doesNotMatch(html, /canary-4711/);
      assert.match(page.kind, /^(?:index|service|method|message|enum|endpoint)$/);
      isShown += html.includes(shown) ? 1 : 0;
    }
    assert.equal(Reflect.get(globalThis, "hostileRan"), undefined, "nothing of it ran");
    assert.ok(isShown >= 4, `shown as text on ${isShown} pages`);
  });
}
