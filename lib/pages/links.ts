import type { FieldType, Reference } from "../reference/reference.ts";
import { namesIn } from "./mentions.ts";

/** Full protobuf name → path on this site, for everything that has a page or a place on one. */
export type LinkIndex = ReadonlyMap<string, string>;

/** Where the pages of the APIs begin: an API is at this path, or below it at its own segment. */
const REFERENCE_PATH = "/reference";

/** The base of an API's pages: `/reference`, or `/reference/lnd` for the segment `lnd`. */
export function basePathOf(segment: string): string {
  return segment === "" ? REFERENCE_PATH : `${REFERENCE_PATH}/${segment}`;
}

/**
 * The base of the API that a method's page is of: `/reference/lnd` for `/reference/lnd/lnrpc.Lightning/GetInfo`. That of a
 * page of no method is the first one.
 */
export function basePathAt(pathname: string): string {
  return /^(\/reference(?:\/[a-z][a-z0-9-]*)?)\/[\w.]+\/\w+\/?$/.exec(pathname)?.[1] ?? REFERENCE_PATH;
}

/** `poolrpc.Trader/GetInfo` for the method `poolrpc.Trader.GetInfo`. */
export function methodSlug(name: string): string {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}/${name.slice(dot + 1)}`;
}

/** `messages/poolrpc.Order` */
export function messageSlug(name: string): string {
  return `messages/${name}`;
}

/** `enums/poolrpc.OrderState` */
export function enumSlug(name: string): string {
  return `enums/${name}`;
}

/** `/reference/poolrpc.Trader` */
export function serviceHref(name: string, basePath = REFERENCE_PATH): string {
  return `${basePath}/${name}`;
}

/** `/reference/poolrpc.Trader/GetInfo` for the method `poolrpc.Trader.GetInfo`. */
export function methodHref(name: string, basePath = REFERENCE_PATH): string {
  return `${basePath}/${methodSlug(name)}`;
}

/** `/reference/messages/poolrpc.Order` */
export function messageHref(name: string, basePath = REFERENCE_PATH): string {
  return `${basePath}/${messageSlug(name)}`;
}

/** `/reference/enums/poolrpc.OrderState` */
export function enumHref(name: string, basePath = REFERENCE_PATH): string {
  return `${basePath}/${enumSlug(name)}`;
}

/** The anchor of the editor on a method's page, which the page's frame sets. */
export const TRY_IT_ANCHOR = "try-it";

/** The anchor of a field on a page where `path` leads to it: `field-rate_fixed`, `field-bid.details`. */
export function fieldAnchor(path: string): string {
  return `field-${path}`;
}

/** The anchor of a value on its enum's page. */
export function valueAnchor(shortName: string): string {
  return `value-${shortName}`;
}

/** Where every definition of the reference is documented. */
export function indexLinks(reference: Reference, basePath: string): LinkIndex {
  const links = new Map<string, string>();
  for (const message of reference.messages) {
    const href = messageHref(message.name, basePath);
    for (const oneof of message.oneofs) {
      links.set(oneof.name, `${href}#oneof-${oneof.name.slice(message.name.length + 1)}`);
    }
    for (const field of message.fields) {
      links.set(field.name, `${href}#${fieldAnchor(field.shortName)}`);
    }
    links.set(message.name, href);
  }
  for (const enumeration of reference.enums) {
    const href = enumHref(enumeration.name, basePath);
    for (const value of enumeration.values) {
      links.set(value.name, `${href}#${valueAnchor(value.shortName)}`);
    }
    links.set(enumeration.name, href);
  }
  for (const service of reference.services) {
    for (const method of service.methods) {
      links.set(method.name, methodHref(method.name, basePath));
    }
    links.set(service.name, serviceHref(service.name, basePath));
  }
  return links;
}

/** The links of the names that these texts refer to as `[name][]` or `[text][name]`; unknown names are left out. */
export function linksIn(index: LinkIndex, ...texts: readonly string[]): Record<string, string> | undefined {
  if (!texts.some((text) => text.includes("["))) return undefined;
  const names = new Set(texts.flatMap(namesIn));
  const found = [...names].sort().flatMap((name) => {
    const href = index.get(name);
    return href === undefined ? [] : [[name, href] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** A type as text with links: `map<string, ` · `OrderReject` · `>`. Names lose their package. */
export function typeParts(
  type: FieldType,
  index: LinkIndex,
  packages: readonly string[],
): { text: string; href?: string }[] {
  switch (type.kind) {
    case "scalar":
      return [{ text: type.name }];
    case "message":
    case "enum": {
      const href = index.get(type.name);
      return [{ text: localName(type.name, packages), ...(href === undefined ? {} : { href }) }];
    }
    case "map":
      return [{ text: `map<${type.key}, ` }, ...typeParts(type.value, index, packages), { text: ">" }];
  }
}

/** `poolrpc.Bid.Details` → `Bid.Details`, for the longest of the packages that the name is in. */
export function localName(name: string, packages: readonly string[]): string {
  const own = packages.filter((item) => item !== "" && name.startsWith(`${item}.`));
  const longest = own.reduce((a, b) => (b.length > a.length ? b : a), "");
  return longest === "" ? name : name.slice(longest.length + 1);
}

/** `poolrpc.Trader` → `Trader`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
