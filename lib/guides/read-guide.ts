import { createProcessor } from "@mdx-js/mdx";
import { type BlockMeta, readBlockMeta } from "./code-block.ts";
import { headingId } from "./heading-id.ts";

/** `export const page = {…}` at the top of a guide. */
export interface GuideInfo {
  readonly title: string;
  /** One sentence, for lists and search. */
  readonly description: string;
  /** Its place within its group, from 1. */
  readonly order: number;
  /** The group of the navigation that it stands in. */
  readonly group: string;
}

export interface GuideHeading {
  readonly id: string;
  readonly text: string;
  readonly depth: number;
  readonly line: number;
}

export interface GuideLink {
  readonly href: string;
  readonly line: number;
}

export interface GuideBlock extends BlockMeta {
  readonly language: string | null;
  readonly text: string;
  readonly line: number;
}

/** A guide as data: what it is called, where it leads and what it shows. */
export interface Guide {
  readonly slug: string;
  /** Null where the text begins without a whole `page`. */
  readonly info: GuideInfo | null;
  readonly headings: readonly GuideHeading[];
  readonly links: readonly GuideLink[];
  readonly blocks: readonly GuideBlock[];
  /** Names in `[text][full.name]` and `[full.name][]`, with their lines. */
  readonly names: readonly { readonly name: string; readonly line: number }[];
}

/** What this file reads of the nodes of a parsed MDX text. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly url?: string;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly children?: readonly Node[];
  readonly attributes?: readonly {
    readonly type: string;
    readonly name?: string;
    readonly value?: unknown;
  }[];
  readonly position?: { readonly start: { readonly line: number } };
  readonly data?: { readonly estree?: { readonly body: readonly EsNode[] } };
}

/** What this file reads of the nodes of an `export`. */
interface EsNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

const NAME_REFERENCE = /\[([^\][]*)\]\[([\w.]*)\]/g;

/** Reads a guide of `content/guides/`. Throws what the MDX parser throws, with line and column. */
export function readGuide(slug: string, source: string): Guide {
  const headings: GuideHeading[] = [];
  const links: GuideLink[] = [];
  const blocks: GuideBlock[] = [];
  const names: { name: string; line: number }[] = [];
  let info: GuideInfo | null = null;
  const walk = (node: Node): void => {
    const line = node.position?.start.line ?? 1;
    if (node.type === "heading") {
      const text = plainText(node);
      headings.push({ id: headingId(text), text, depth: node.depth ?? 1, line });
    } else if (node.type === "link") {
      links.push({ href: node.url ?? "", line });
    } else if (node.type === "code") {
      const language = node.lang ?? null;
      blocks.push({ language, text: node.value ?? "", line, ...readBlockMeta(language, node.meta ?? null) });
    } else if (node.type === "text") {
      for (const { 0: all, 1: label = "", 2: name = "", index } of (node.value ?? "").matchAll(
        NAME_REFERENCE,
      )) {
        const before = (node.value ?? "").slice(0, index).split("\n").length - 1;
        if (all !== "" && (name || label).includes("."))
          names.push({ name: name || label, line: line + before });
      }
    } else if (node.type === "mdxjsEsm") {
      info ??= readInfo(node.data?.estree?.body ?? []);
    }
    for (const attribute of node.attributes ?? []) {
      if (attribute.name === "href" && typeof attribute.value === "string")
        links.push({ href: attribute.value, line });
    }
    for (const child of node.children ?? []) walk(child);
  };
  walk(createProcessor().parse(source) as unknown as Node);
  return { slug, info, headings, links, blocks, names };
}

/** The source with every name that `hrefOf` knows made a link: `[SubmitOrder][poolrpc.Trader.SubmitOrder]`. */
export function resolveNames(source: string, hrefOf: (name: string) => string | undefined): string {
  const found = new Set(
    [...source.matchAll(NAME_REFERENCE)].map(([, label = "", name = ""]) => name || label),
  );
  const definitions = [...found].sort().flatMap((name) => {
    const href = hrefOf(name);
    return href === undefined ? [] : [`[${name}]: ${href}`];
  });
  return definitions.length === 0 ? source : `${source}\n\n${definitions.join("\n")}\n`;
}

function plainText(node: Node): string {
  return node.value ?? (node.children ?? []).map(plainText).join("");
}

function readInfo(body: readonly EsNode[]): GuideInfo | null {
  for (const statement of body) {
    const declaration = statement.declaration as { declarations?: readonly EsNode[] } | null | undefined;
    for (const { id, init } of declaration?.declarations ?? []) {
      if ((id as { name?: string }).name !== "page") continue;
      const entries = ((init as { properties?: readonly EsNode[] } | null)?.properties ?? []).map(
        ({ key, value }) => [(key as { name: string }).name, (value as { value?: unknown }).value] as const,
      );
      const { title, description, order, group } = Object.fromEntries(entries);
      if (
        typeof title !== "string" ||
        typeof description !== "string" ||
        typeof order !== "number" ||
        typeof group !== "string"
      )
        return null;
      return { title, description, order, group };
    }
  }
  return null;
}
