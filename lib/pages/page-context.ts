import type { ApiConfig } from "../reference/api-config.ts";
import type { Doc, Enum, Message, Reference } from "../reference/reference.ts";
import { type Use, usedBy } from "../reference/used-by.ts";
import { basePathOf, indexLinks, type LinkIndex, linksIn } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { CONTENT_FOLDER } from "./page-file.ts";

/** What every page is written from. */
export interface PageContext {
  readonly reference: Reference;
  /** Where the API's pages are served, `/reference` or `/reference/lnd`; no page spells it otherwise. */
  readonly basePath: string;
  /** Where their files lie, relative to the project. */
  readonly folder: string;
  readonly protoRoot: string;
  readonly groups: ApiConfig["groups"];
  readonly links: LinkIndex;
  readonly messages: ReadonlyMap<string, Message>;
  readonly enums: ReadonlyMap<string, Enum>;
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** Package names, left out of displayed type names. */
  readonly packages: readonly string[];
}

/** The part of an API's config that its pages depend on. */
export type PageConfig = Pick<ApiConfig, "id" | "path" | "groups" | "protoRoot">;

/** Prepares the look-ups that pages share. */
export function pageContext(reference: Reference, config: PageConfig): PageContext {
  const segment = config.path ?? config.id;
  const basePath = basePathOf(segment);
  return {
    reference,
    basePath,
    folder: segment === "" ? CONTENT_FOLDER : `${CONTENT_FOLDER}/${segment}`,
    protoRoot: config.protoRoot,
    groups: config.groups,
    links: indexLinks(reference, basePath),
    messages: new Map(reference.messages.map((message) => [message.name, message])),
    enums: new Map(reference.enums.map((enumeration) => [enumeration.name, enumeration])),
    uses: usedBy(reference),
    packages: packageNames(reference),
  };
}

/** The prefixes of all services, and of the types that are not nested in another type. */
function packageNames(reference: Reference): string[] {
  const types = new Set(reference.messages.map((message) => message.name));
  const parents = [...reference.services, ...reference.messages, ...reference.enums]
    .map(({ name }) => parentName(name))
    .filter((parent) => !types.has(parent));
  return [...new Set(parents)].sort();
}

/** `poolrpc.Trader` → `poolrpc`. */
function parentName(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("."), 0));
}

/** `poolrpc.Trader` → `Trader`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The way to a page from the API's first page. `steps` follow that; the page itself is not one of them. */
export function breadcrumbs(
  context: PageContext,
  ...steps: readonly { text: string; href?: string }[]
): Element {
  return element("Breadcrumbs", { items: [{ text: "Reference", href: context.basePath }, ...steps] });
}

/** The Markdown of a doc, with the names in it resolved; nothing where there is no text. */
export function docElements(doc: Doc, context: PageContext, text = doc.text): Element[] {
  return text === "" ? [] : [element("Doc", { text, links: linksIn(context.links, text) })];
}

/** A summary as plain text, for the page's description. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\[[^\]]*\]/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*]/g, "");
}

/** Whether any method can be called over REST. */
export function hasRest({ reference }: PageContext): boolean {
  return reference.services.some((service) => service.methods.some(({ http }) => http.length > 0));
}
