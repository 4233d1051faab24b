import type { Definition, Nodes, Parents } from "mdast";
import { cloneElement, isValidElement, type ReactNode } from "react";
import { headingId } from "../../lib/guides/heading-id.ts";
import { parseMarkdown } from "../../lib/notebook/markdown.ts";
import headings from "../guide/heading.module.css";
import styles from "./cell.module.css";
import { codeTokens } from "./code-html.ts";

/** Where a name of the reference has its page; undefined where there is none of it. */
export type NameHref = (name: string) => string | undefined;

export interface ProseHeading {
  readonly id: string;
  readonly text: string;
  readonly depth: number;
}

interface Scope {
  readonly source: string;
  readonly definitions: ReadonlyMap<string, string>;
  readonly inList: boolean;
}

/** `[text][poolrpc.Account]` and `[poolrpc.Account][]`. */
const REFERENCE = /\[([^\][]*)\]\[([\w.]*)\]/g;

/**
 * Prose of a notebook as elements: a fixed set of them, with every text escaped. Links lead to https, to this site or to a
 * place on the page; names in `[text][full.name]` to their place in the reference. All else is shown as it is written.
 */
export function renderProse(text: string, hrefOf: NameHref): ReactNode {
  const source = withDefinitions(text, hrefOf);
  const { children } = parseMarkdown(source);
  const found = children.filter((node): node is Definition => node.type === "definition");
  const definitions = new Map(found.map(({ identifier, url }) => [identifier, url]));
  return renderAll(children, { source, definitions, inList: false });
}

/** The headings of prose, in order. */
export function proseHeadings(text: string): ProseHeading[] {
  return parseMarkdown(text).children.flatMap((node) => {
    if (node.type !== "heading") return [];
    const words = textOf(node);
    return [{ id: headingId(words), text: words, depth: node.depth }];
  });
}

function withDefinitions(text: string, hrefOf: NameHref): string {
  const names = [...text.matchAll(REFERENCE)].map(([, label = "", name = ""]) => name || label);
  const lines = [...new Set(names)].flatMap((name) => {
    const href = hrefOf(name);
    return href === undefined ? [] : [`[${name}]: ${href}`];
  });
  return lines.length === 0 ? text : `${text}\n\n${lines.join("\n")}\n`;
}

function renderAll(nodes: Parents["children"], scope: Scope): ReactNode {
  return nodes.map((node, index) => {
    const rendered = render(node, scope);
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of a text never move
    return isValidElement(rendered) ? cloneElement(rendered, { key: index }) : rendered;
  });
}

function render(node: Nodes, scope: Scope): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "break":
      return <br />;
    case "emphasis":
      return <em>{renderAll(node.children, scope)}</em>;
    case "strong":
      return <strong>{renderAll(node.children, scope)}</strong>;
    case "paragraph":
      return scope.inList ? renderAll(node.children, scope) : <p>{renderAll(node.children, scope)}</p>;
    case "heading": {
      const text = textOf(node);
      const id = headingId(text);
      const Level = node.depth <= 2 ? "h2" : "h3";
      return (
        <Level id={id} className={headings.heading}>
          {renderAll(node.children, scope)}
          <a href={`#${id}`} className={headings.anchor} aria-label={`Link to ${text}`}>
            #
          </a>
        </Level>
      );
    }
    case "blockquote":
      return <blockquote>{renderAll(node.children, { ...scope, inList: false })}</blockquote>;
    case "code":
      return (
        <pre className={styles.proseCode}>
          <code>{codeParts(node.lang ?? null, node.value)}</code>
        </pre>
      );
    case "list": {
      const items = renderAll(node.children, { ...scope, inList: node.spread !== true });
      return node.ordered ? <ol start={node.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
    }
    case "listItem":
      return <li>{renderAll(node.children, scope)}</li>;
    case "thematicBreak":
      return <hr />;
    case "link":
      return link(node.url, renderAll(node.children, scope));
    case "linkReference": {
      const href = scope.definitions.get(node.identifier);
      const label = renderAll(node.children, scope);
      if (href === undefined) return label;
      return link(href, node.referenceType === "full" ? label : <code>{node.label ?? node.identifier}</code>);
    }
    case "definition":
      return null;
    default:
      return scope.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  }
}

/** The reader of notebooks refuses links that lead elsewhere; here they are words. */
function link(href: string, children: ReactNode): ReactNode {
  if (/^(?:\/(?!\/)|#)/.test(href)) return <a href={href}>{children}</a>;
  if (!href.startsWith("https://")) return children;
  return (
    <a href={href} rel="noreferrer">
      {children}
    </a>
  );
}

function codeParts(language: string | null, text: string): ReactNode {
  return codeTokens(language, text).map(({ className, text: part }, index) =>
    className === undefined ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the code never changes
      <span key={index} className={className}>
        {part}
      </span>
    ),
  );
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
