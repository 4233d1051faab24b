import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { HOSTILE_CONFIG, hostileReference } from "../../support/hostile-api.ts";
import { renderPage } from "../../support/render-page.tsx";

process.env.PLAYGROUND_CANARY = "canary-4711";
Reflect.set(globalThis, "hostileRuns", () => Reflect.set(globalThis, "hostileRan", true));

/** What each comment holds, and a piece of its text that the page must show as text (HTML-escaped). */
const rows: readonly { name: string; comment: string; shown: string }[] = [
  {
    name: "an image with a handler",
    comment: "A <img src=x onerror=alert(1)> b",
    shown: "&lt;img src=x onerror=alert(1)&gt;",
  },
  {
    name: "a script",
    comment: "<script>hostileRuns()</script>",
    shown: "&lt;script&gt;hostileRuns()&lt;/script&gt;",
  },
  {
    name: "the end of a script element",
    comment: "x </script><svg onload=hostileRuns()>",
    shown: "&lt;svg onload=hostileRuns()&gt;",
  },
  {
    name: "an MDX expression",
    comment: "see {process.env.PLAYGROUND_CANARY}{hostileRuns()}",
    shown: "{process.env.PLAYGROUND_CANARY}{hostileRuns()}",
  },
  {
    name: "an MDX import and export",
    comment: 'import fs from "fs"\nexport const page = {kind: "index"}\nhostileRuns()',
    shown: "import fs from",
  },
  {
    name: "a component",
    comment: '<Doc text={hostileRuns()} /> and <PageTitle title="x">',
    shown: "&lt;Doc text={hostileRuns()} /&gt;",
  },
  { name: "the end of its own prop", comment: '"} />{hostileRuns()}<Doc text={"', shown: "{hostileRuns()}" },
  { name: "the end of the first comment", comment: "*/} {hostileRuns()} {/*", shown: "{hostileRuns()}" },
  {
    name: "backticks and template holes",
    comment: "a `` ` \u0024{hostileRuns()} `` b \\u0022 \\",
    shown: "\u0024{hostileRuns()}",
  },
  {
    name: "a javascript link",
    comment: "[click](javascript:hostileRuns()) now",
    shown: "[click](javascript:hostileRuns())",
  },
  {
    name: "an encoded javascript link",
    comment: "[click](&#106;avascript:alert)",
    shown: "[click](&amp;#106;avascript:alert)",
  },
  {
    name: "a data link and an autolink",
    comment: "[a](data:text/html,x) <javascript:alert(1)>",
    shown: "&lt;javascript:alert(1)&gt;",
  },
  {
    name: "a link that looks internal",
    comment: "[a](//evil.test/x) [b](/api/session)",
    shown: "[b](/api/session)",
  },
  {
    name: "a definition of a known name",
    comment: "[hostile.v1.Letter]: javascript:alert(1)\n\nSee [it][hostile.v1.Letter] now.",
    shown: '<a href="/reference/messages/hostile.v1.Letter">it</a>',
  },
  {
    name: "an image",
    comment: "![pixel](https://evil.test/p.png)",
    shown: "![pixel](https://evil.test/p.png)",
  },
  {
    name: "bidirectional and control characters",
    comment: "a\u202eb\u2066c\u200fd\u0007e\u2028f",
    shown: "a\ufffdb\ufffdc\ufffdd\ufffde",
  },
  { name: "half a surrogate pair and private characters", comment: "a \ue000 b", shown: "a \ue000 b" },
  { name: "deep quotes", comment: ">".repeat(3_000), shown: "&gt;&gt;&gt;" },
  { name: "1 MB", comment: `${"<b>{x} ".repeat(150_000)}end`, shown: "&lt;b&gt;{x} &lt;b&gt;{x}" },
];

const TAGS = new Set(
  "nav ol ul li a header h1 h2 p section div dl dt dd span code pre em strong blockquote hr br details summary".split(
    " ",
  ),
);

for (const { name, comment, shown } of rows) {
  test(`THREATS 18: a comment with ${name} is text on every page`, async () => {
    const files = buildPages(await hostileReference(comment), HOSTILE_CONFIG).filter(({ path }) =>
      path.endsWith(".mdx"),
    );
    assert.equal(files.length, 8);
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
          assert.match(attribute, /^(?:href|class|id|rel|start|style|open|aria-[a-z]+|data-access)$/, path);
          assert.ok(attribute !== "href" || /^(?:https:\/\/|\/reference|#)/.test(value), `${path}: ${value}`);
        }
      }
      assert.equal(
        /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u.test(content + html),
        false,
        `${path}: invisible characters`,
      );
      assert.doesNotMatch(html, /canary-4711/);
      assert.match(page.kind, /^(?:index|service|method|message|enum)$/);
      isShown += html.includes(shown) ? 1 : 0;
    }
    assert.equal(Reflect.get(globalThis, "hostileRan"), undefined, "nothing of it ran");
    assert.ok(isShown >= 4, `shown as text on ${isShown} pages`);
  });
}
