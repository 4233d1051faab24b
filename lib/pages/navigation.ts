import type { Method } from "../reference/reference.ts";
import { factLinks } from "./fact-pages.ts";
import { lastPart, methodHref } from "./links.ts";
import { hasRest, type PageContext } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";

/** `content/reference/navigation.json`. */
export interface NavigationFile {
  readonly groups: readonly NavigationGroup[];
  /** Which upstream version the pages describe. */
  readonly source: {
    readonly title: string;
    readonly release: string;
    readonly commit: string;
    readonly url: string;
  };
}

export interface NavigationGroup {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

/** `access` is null for what is not a method. */
export interface NavigationItem {
  readonly title: string;
  readonly href: string;
  readonly access: "read" | "write" | null;
}

/** The config's groups, then one group for each service with methods in none, then the types. */
function navigation(context: PageContext): NavigationFile {
  const { api, services } = context.reference;
  const methods = new Map(services.flatMap((service) => service.methods.map((m) => [m.name, m] as const)));
  const inGroup = new Set(context.groups.flatMap((group) => group.methods));
  return {
    groups: [
      ...context.groups.map(({ title, methods: names }) => ({
        title,
        items: names.flatMap((name) => methods.get(name) ?? []).map((method) => methodItem(method, context)),
      })),
      ...services
        .map((service) => ({
          title: lastPart(service.name),
          items: service.methods
            .filter(({ name }) => !inGroup.has(name))
            .map((method) => methodItem(method, context)),
        }))
        .filter(({ items }) => items.length > 0),
      {
        title: "Reference",
        items: [
          ...(hasRest(context) ? [{ title: "REST", href: `${context.basePath}/rest`, access: null }] : []),
          ...factLinks(context).map(({ title, href }) => ({ title, href, access: null })),
          { title: "Messages", href: `${context.basePath}/messages`, access: null },
          { title: "Enums", href: `${context.basePath}/enums`, access: null },
        ],
      },
    ],
    source: {
      title: api.title,
      release: api.release,
      commit: api.commit,
      url: `${api.repository}/tree/${api.commit}`,
    },
  };
}

function methodItem(method: Method, { basePath }: PageContext): NavigationItem {
  return { title: method.shortName, href: methodHref(method.name, basePath), access: method.access };
}

/** The navigation as a file. */
export function navigationFile(context: PageContext): PageFile {
  return {
    path: `${context.folder}/navigation.json`,
    content: `${JSON.stringify(navigation(context), null, 2)}\n`,
  };
}
