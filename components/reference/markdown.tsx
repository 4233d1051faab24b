import type { Definition, Node, Nodes, Parents, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { cloneElement, isValidElement, type ReactNode } from "react";
import { PageLink } from "./page-link.tsx";

/** Full protobuf name → path on this site. */
export type Links = Readonly<Record<string, string>>;

/** What nests deeper is shown as it is written. */
const MAX_DEPTH = 24;

interface Scope {
  readonly source: string;
  readonly hrefs: ReadonlyMap<string, string>;
  readonly inList: boolean;
  readonly depth: number;
}

/**
 * Markdown of a comment as React elements. Paragraphs, lists, code, emphasis and quotes are shown as such; links
 * only to https URLs and, by `[text][full.name]`, to the pages in `links`. All else, HTML too, is shown as its text.
 */
export function renderMarkdown(text: string, links: Links = {}): ReactNode {
  const { children, scope } = parse(text, links);
  return renderAll(children, scope);
}

/** Markdown of one line as elements that may stand inside a paragraph. Text with blocks is shown as it is written. */
export function renderInline(text: string, links: Links = {}): ReactNode {
  const { children, scope } = parse(text, links);
  const blocks = children.filter(({ type }) => type !== "definition");
  const [only] = blocks;
  return blocks.length === 1 && only?.type === "paragraph" ? renderAll(only.children, scope) : text;
}

function parse(text: string, links: Links): { children: RootContent[]; scope: Scope } {
  // A reference is only parsed as one where its definition is known. Ours lead, so that they win over the text's own.
  const own = Object.entries(links).map(([name, href]) => `[${name}]: <${href}>\n`);
  const source = own.length === 0 ? text : `${own.join("")}\n${text}`;
  const { children } = fromMarkdown(source);
  const definitions = children.filter((node): node is Definition => node.type === "definition");
  const hrefs = new Map<string, string>();
  for (const [i, definition] of definitions.entries()) {
    const internal = i < own.length ? Object.values(links)[i] : undefined;
    const href = internal ?? httpsUrl(definition.url);
    if (href !== null && !hrefs.has(definition.identifier)) {
      hrefs.set(definition.identifier, href);
    }
  }
  return { children, scope: { source, hrefs, inList: false, depth: 0 } };
}

function renderAll(nodes: Parents["children"], scope: Scope): ReactNode {
  return nodes.map((node, i) => {
    const rendered = render(node, scope);
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of a text never move
    return isValidElement(rendered) ? cloneElement(rendered, { key: i }) : rendered;
  });
}

function render(node: Nodes, scope: Scope): ReactNode {
  if (scope.depth > MAX_DEPTH) {
    return sourceOf(node, scope);
  }
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (node.type) {
    case "text":
      return node.value;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "break":
      return <br />;
    case "emphasis":
      return <em>{renderAll(node.children, inner)}</em>;
    case "strong":
      return <strong>{renderAll(node.children, inner)}</strong>;
    case "paragraph":
      return scope.inList ? renderAll(node.children, inner) : <p>{renderAll(node.children, inner)}</p>;
    case "heading":
      return (
        <p>
          <strong>{renderAll(node.children, inner)}</strong>
        </p>
      );
    case "blockquote":
      return <blockquote>{renderAll(node.children, { ...inner, inList: false })}</blockquote>;
    case "code":
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      );
    case "list": {
      const items = renderAll(node.children, { ...inner, inList: node.spread !== true });
      return node.ordered ? <ol start={node.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
    }
    case "listItem":
      return <li>{renderAll(node.children, inner)}</li>;
    case "thematicBreak":
      return <hr />;
    case "link": {
      const href = httpsUrl(node.url);
      return href === null ? sourceOf(node, scope) : external(href, renderAll(node.children, inner));
    }
    case "linkReference": {
      const href = scope.hrefs.get(node.identifier);
      if (href === undefined) {
        return sourceOf(node, scope);
      }
      const label =
        node.referenceType === "full" ? (
          renderAll(node.children, inner)
        ) : (
          <code>{withoutPackage(node.label ?? node.identifier)}</code>
        );
      return href.startsWith("/") ? <PageLink href={href}>{label}</PageLink> : external(href, label);
    }
    case "definition":
      return null;
    case "html":
      return scope.inList || scope.depth > 0 ? node.value : <p>{node.value}</p>;
    default:
      return sourceOf(node, scope);
  }
}

function external(href: string, children: ReactNode): ReactNode {
  return (
    <a href={href} rel="noreferrer">
      {children}
    </a>
  );
}

function httpsUrl(url: string): string | null {
  return URL.canParse(url) && new URL(url).protocol === "https:" ? url : null;
}

/** `poolrpc.Order.rate_fixed` → `Order.rate_fixed` */
function withoutPackage(name: string): string {
  return name.replace(/^(?:[a-z_]\w*\.)+(?=[A-Z])/, "");
}

function sourceOf({ position }: Node, { source }: Scope): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}
