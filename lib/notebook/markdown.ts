import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { mdxExpressionFromMarkdown } from "mdast-util-mdx-expression";
import { mdxJsxFromMarkdown } from "mdast-util-mdx-jsx";
import { mdxExpression } from "micromark-extension-mdx-expression";
import { mdxJsx } from "micromark-extension-mdx-jsx";
import { mdxMd } from "micromark-extension-mdx-md";

/**
 * Markdown with components as a tree. No JavaScript is parsed, let alone run: what stands in braces stays text, for the
 * reader to refuse. Throws a `VFileMessage` with its place where a component is not closed.
 */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [mdxExpression(), mdxJsx(), mdxMd()],
    mdastExtensions: [mdxExpressionFromMarkdown(), mdxJsxFromMarkdown()],
  });
}
