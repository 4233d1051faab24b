import type { ResolvedApi } from "../reference/api-config.ts";
import type { Definition, Enum, Extension, Message, Method, Reference } from "../reference/reference.ts";
import { type Reach, type UseIndex, usedBy } from "../reference/used-by.ts";
import { type Endpoint, listEndpoints } from "./endpoints.ts";
import { groupBy } from "./group-by.ts";
import { basePathOf, indexLinks, type LinkIndex, lastPart } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { indexMentions } from "./mentions.ts";
import { indexNearUses } from "./near-uses.ts";
import { CONTENT_FOLDER } from "./page-file.ts";
import { type ShownType, showTypes } from "./shown-types.ts";

/** What every page is written from. */
export interface PageContext {
  readonly reference: Reference;
  /** Where the API's pages are served, `/reference` or `/reference/lnd`; no page spells it otherwise. */
  readonly basePath: string;
  /** Where their files lie, relative to the project. */
  readonly folder: string;
  readonly protoRoot: string;
  readonly groups: ResolvedApi["groups"];
  /** Where the site says how to come by a macaroon that allows less, or null. */
  readonly macaroonGuide: string | null;
  readonly links: LinkIndex;
  readonly messages: ReadonlyMap<string, Message>;
  readonly enums: ReadonlyMap<string, Enum>;
  /** Messages and enums as they are shown. */
  readonly types: ReadonlyMap<string, ShownType>;
  /** Message → the types that are declared inside it. */
  readonly nested: ReadonlyMap<string, readonly Definition[]>;
  readonly uses: UseIndex;
  /** Message → the methods that have it near the top of their request or reply, where they are few. */
  readonly near: ReadonlyMap<string, readonly Reach[]>;
  readonly methods: ReadonlyMap<string, Method>;
  /** Full name of each method whose short name another has too → the name that it is shown by, `Trader.SubmitOrder`. */
  readonly labels: ReadonlyMap<string, string>;
  /** Method → the methods whose text names it. */
  readonly mentions: ReadonlyMap<string, readonly string[]>;
  readonly endpoints: readonly Endpoint[];
  /** Method → those of it. */
  readonly bound: ReadonlyMap<string, readonly Endpoint[]>;
  /** Message → the extensions of it. */
  readonly extended: ReadonlyMap<string, readonly Extension[]>;
  /** Package names, left out of displayed type names. */
  readonly packages: readonly string[];
}

/** The part of an API's config that its pages depend on. */
export type PageConfig = Pick<ResolvedApi, "id" | "path" | "groups" | "protoRoot" | "macaroonGuide">;

/** Prepares the look-ups that pages share. */
export function pageContext(reference: Reference, config: PageConfig): PageContext {
  const segment = config.path ?? config.id;
  const basePath = basePathOf(segment);
  const methods = reference.services.flatMap((service) => service.methods);
  const uses = usedBy(reference);
  const endpoints = listEndpoints(reference);
  const links = indexLinks(reference, basePath);
  const packages = packageNames(reference);
  const messages = new Map(reference.messages.map((message) => [message.name, message]));
  const enums = new Map(reference.enums.map((enumeration) => [enumeration.name, enumeration]));
  return {
    reference,
    basePath,
    folder: segment === "" ? CONTENT_FOLDER : `${CONTENT_FOLDER}/${segment}`,
    protoRoot: config.protoRoot,
    groups: config.groups,
    macaroonGuide: config.macaroonGuide ?? null,
    links,
    messages,
    enums,
    types: showTypes(reference, { links, packages, messages, enums }),
    nested: nestedTypes(reference),
    uses,
    near: indexNearUses(messages.keys(), uses),
    methods: new Map(methods.map((method) => [method.name, method])),
    labels: methodLabels(methods),
    mentions: indexMentions(methods),
    endpoints,
    bound: groupBy(endpoints, ({ method }) => method.name),
    extended: groupBy(reference.extensions, (extension) => extension.extends),
    packages,
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

function methodLabels(methods: readonly Method[]): Map<string, string> {
  const seen = new Map<string, number>();
  for (const { shortName } of methods) seen.set(shortName, (seen.get(shortName) ?? 0) + 1);
  return new Map(
    methods
      .filter(({ shortName }) => (seen.get(shortName) ?? 0) > 1)
      .map(({ name, service, shortName }) => [name, `${lastPart(service)}.${shortName}`]),
  );
}

function nestedTypes({ messages, enums }: Reference): Map<string, Definition[]> {
  const names = new Set(messages.map(({ name }) => name));
  return groupBy<Definition>([...messages, ...enums], ({ name }) => {
    const parent = parentName(name);
    return names.has(parent) ? parent : null;
  });
}

/** `poolrpc.Trader` → `poolrpc`. */
function parentName(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("."), 0));
}

/** The way to a page from the API's first page. `steps` follow that; the page itself is not one of them. */
export function breadcrumbs(
  context: PageContext,
  ...steps: readonly { text: string; href?: string }[]
): Element {
  return element("Breadcrumbs", { items: [{ text: "Reference", href: context.basePath }, ...steps] });
}

/** The options of a definition that are shown, as chips of its page. */
export function optionChips({ options = [] }: Definition): Element[] {
  return options.map(({ name, value }) => element("KindChip", { text: `${name} = ${value}` }));
}

/** A summary as plain text, for the page's description. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\[[^\]]*\]/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*]/g, "");
}

/** Whether any method can be called over REST. */
export function hasRest({ endpoints }: PageContext): boolean {
  return endpoints.length > 0;
}

/** A method's short name, led by its service where another service has a method of that name. */
export function methodLabel(name: string, { labels }: PageContext): string {
  return labels.get(name) ?? lastPart(name);
}

/** `1 method`, `2 methods` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
