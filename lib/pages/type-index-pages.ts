import type { Definition } from "../reference/reference.ts";
import { groupBy } from "./group-by.ts";
import { enumHref, linksIn, localName, messageHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext } from "./page-context.ts";
import { usesInRow } from "./used-by.ts";

/** A list that is longer has a section for each first letter. */
const MAX_WITHOUT_LETTERS = 30;

/** `messages`: every message by name, with who uses it. */
export function messageIndexPage(context: PageContext): Page {
  return typeIndexPage("messages", "gRPC messages", context.reference.messages, messageHref, context);
}

/** `enums`: every enum by name, with who uses it. */
export function enumIndexPage(context: PageContext): Page {
  return typeIndexPage("enums", "gRPC enums", context.reference.enums, enumHref, context);
}

function typeIndexPage(
  slug: "messages" | "enums",
  title: string,
  definitions: readonly Definition[],
  href: (name: string, basePath: string) => string,
  context: PageContext,
): Page {
  const sorted = sortedByName(definitions, context);
  const description = `All ${definitions.length} ${slug} of the ${context.reference.api.title} API by name, each with who uses it.`;
  const rows = (some: readonly Definition[]): Element =>
    element(
      "DefinitionList",
      {},
      some.map(({ name, doc, deprecated }) =>
        element("DefinitionRow", {
          name: localName(name, context.packages),
          href: href(name, context.basePath),
          summary: doc.summary,
          links: linksIn(context.links, doc.summary),
          deprecated: deprecated || undefined,
          ...usesInRow(name, context),
        }),
      ),
    );
  return {
    slug,
    source: context.protoRoot,
    info: { kind: "index", title, description },
    body: [
      breadcrumbs(context),
      element("PageTitle", { title }),
      element("Doc", { text: description }),
      ...(sorted.length <= MAX_WITHOUT_LETTERS
        ? [element("Section", { title: "By name", id: "by-name" }, [rows(sorted)])]
        : byLetter(sorted, context).map(([letter, some]) =>
            element("Section", { title: letter, id: `letter-${letter.toLowerCase()}` }, [rows(some)]),
          )),
    ],
  };
}

/** Types in the order in which they are listed and read: by the name that is shown. */
export function sortedByName<T extends Definition>(definitions: readonly T[], context: PageContext): T[] {
  const key = (name: string) => localName(name, context.packages).toLowerCase();
  return definitions
    .map((definition) => ({ definition, key: key(definition.name) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.definition.name < b.definition.name ? -1 : 1))
    .map(({ definition }) => definition);
}

function byLetter(sorted: readonly Definition[], context: PageContext): [string, Definition[]][] {
  return [...groupBy(sorted, ({ name }) => localName(name, context.packages).slice(0, 1).toUpperCase())];
}
