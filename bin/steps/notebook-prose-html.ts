import type { Nodes } from "mdast";
import { parseMarkdown } from "../../lib/notebook/markdown.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** A link to a definition, as guides and notebooks write it: `[InitAccount][poolrpc.Trader.InitAccount]`. */
const DEFINITION = /\[([^\]]+)\]\[[\w.]+\]/g;

/** Prose of a notebook as HTML, with headings a level lower. Links within the site lead nowhere from a file: their text stays. */
export function proseHtml(text: string): string {
  return parseMarkdown(text).children.map(nodeHtml).join("\n");
}

function nodeHtml(node: Nodes): string {
  switch (node.type) {
    case "text":
      return escapeMarkup(node.value.replaceAll(DEFINITION, "$1"));
    case "heading": {
      const level = Math.min(node.depth + 1, 6);
      return `<h${level}>${inside(node)}</h${level}>`;
    }
    case "paragraph":
      return `<p>${inside(node)}</p>`;
    case "strong":
      return `<strong>${inside(node)}</strong>`;
    case "emphasis":
      return `<em>${inside(node)}</em>`;
    case "inlineCode":
      return `<code>${escapeMarkup(node.value)}</code>`;
    case "code":
      return `<pre>${escapeMarkup(node.value)}</pre>`;
    case "break":
      return "<br>";
    case "thematicBreak":
      return "<hr>";
    case "blockquote":
      return `<blockquote>${inside(node)}</blockquote>`;
    case "list":
      return node.ordered === true
        ? `<ol start="${node.start ?? 1}">${inside(node)}</ol>`
        : `<ul>${inside(node)}</ul>`;
    case "listItem":
      return `<li>${inside(node)}</li>`;
    case "link":
      return /^https:\/\//.test(node.url)
        ? `<a href="${escapeMarkup(node.url)}" rel="noreferrer">${inside(node)}</a>`
        : inside(node);
    case "definition":
      return "";
    default:
      // What a notebook does not hold was refused when it was read.
      return "children" in node ? inside(node) : "";
  }
}

function inside(node: Extract<Nodes, { children: unknown }>): string {
  return node.children.map(nodeHtml).join("");
}
