import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "@mdx-js/mdx";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { markdownTables } from "../../../lib/guides/markdown-tables.ts";

async function render(source: string): Promise<string> {
  const { default: Content } = await evaluate(source, { ...runtime, remarkPlugins: [markdownTables] });
  return renderToStaticMarkup(createElement(Content)).replaceAll("\n", "");
}

test("pipes make a table, with links and code in its cells", async () => {
  const html = await render("| Rate | `code` |\n|---:|:--|\n| 4,960 | [a `b` c](/x) and *more* |\n");
  assert.equal(
    html,
    '<table><thead><tr><th style="text-align:right">Rate</th><th style="text-align:left"><code>code</code></th></tr>' +
      '</thead><tbody><tr><td style="text-align:right">4,960</td>' +
      '<td style="text-align:left"><a href="/x">a <code>b</code> c</a> and <em>more</em></td></tr></tbody></table>',
  );
});

test("a table in a list and an empty cell", async () => {
  const html = await render("- item\n\n  | a | b |\n  |---|---|\n  | | 1 |\n");
  assert.match(html, /<li>.*<td><\/td><td>1<\/td>/);
});

test("a pipe that is no table stays text", async () => {
  assert.equal(await render("| just a pipe\n"), "<p>| just a pipe</p>");
  assert.equal(await render("| a | b |\n| c | d |\n"), "<p>| a | b || c | d |</p>");
});

test("a row with a cell too many is a mistake, with its line", async () => {
  await assert.rejects(
    render("text\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"),
    /line 3 has rows of 2 and of 3 cells/,
  );
});
