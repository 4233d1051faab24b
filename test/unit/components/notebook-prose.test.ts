import assert from "node:assert/strict";
import { test } from "node:test";
import "../../support/css-modules.ts";

const { proseHeadings, renderProse } = await import("../../../components/notebook/prose.tsx");
const { codeHtml } = await import("../../../components/notebook/code-html.ts");
const { staticHtml } = await import("../../../components/reference/static-html.ts");

const html = (text: string, names: Readonly<Record<string, string>> = {}) =>
  staticHtml(renderProse(text, (name) => names[name]));

test("prose is paragraphs, headings with places, lists, code and links", () => {
  const page = "/reference/poolrpc.Trader/GetInfo";
  assert.equal(
    html("## Who *is* it?\n\nAsk [GetInfo][poolrpc.Trader.GetInfo] or [poolrpc.Trader.GetInfo][].", {
      "poolrpc.Trader.GetInfo": page,
    }),
    '<h2 id="who-is-it" class="heading">Who <em>is</em> it?<a href="#who-is-it" class="anchor" aria-label="Link to Who is it?">#</a></h2>' +
      `<p>Ask <a href="${page}">GetInfo</a> or <a href="${page}"><code>poolrpc.Trader.GetInfo</code></a>.</p>`,
  );
  assert.equal(html("- one\n- `two`"), "<ul><li>one</li><li><code>two</code></li></ul>");
  assert.equal(html("3. three"), '<ol start="3"><li>three</li></ol>');
  assert.deepEqual(proseHeadings("## A\n\ntext\n\n### B `c`"), [
    { id: "a", text: "A", depth: 2 },
    { id: "b-c", text: "B c", depth: 3 },
  ]);
});

test("a name that nothing has is its words", () => {
  assert.equal(html("See [the thing][poolrpc.Nothing]."), "<p>See [the thing][poolrpc.Nothing].</p>");
});

for (const [name, text] of [
  ["a script's link", "[x](javascript:alert(1))"],
  ["another host's link without https", "[x](http://evil.example/)"],
  ["a link that looks like this site's", "[x](//evil.example/)"],
  ["a definition of such a link", "[x][y]\n\n[y]: javascript:alert(1)"],
  ["an image", "![x](https://evil.example/x.png)"],
  ["HTML", "a <b>b</b>"],
  ["a component", '<Script src="https://evil.example/x.js" />'],
  ["an expression", "a {alert(1)} b"],
] as const) {
  test(`prose does nothing but to be read, even where the reader of notebooks let it through: ${name}`, () => {
    const written = html(text) ?? "";
    assert.doesNotMatch(written, /href="(?!#|\/(?!\/)|https:)/);
    assert.doesNotMatch(written, /<(?!\/?(?:p|a|em|strong|code)\b)/);
  });
}

test("code is coloured, its placeholders marked, and every text escaped", () => {
  assert.equal(
    codeHtml("json", '{ "a": "<{{x.y}}>", "b": 1 }'),
    '{ <span class="key">&quot;a&quot;</span>: <span class="string">&quot;&lt;</span><span class="placeholder">{{x.y}}</span><span class="string">&gt;&quot;</span>, <span class="key">&quot;b&quot;</span>: <span class="number">1</span> }',
  );
  assert.equal(
    codeHtml("cel", 'a.b == 10u && c != "<img>"'),
    'a.b == <span class="number">10u</span> &amp;&amp; c != <span class="string">&quot;&lt;img&gt;&quot;</span>',
  );
});
