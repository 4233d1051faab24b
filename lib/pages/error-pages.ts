import { statusName } from "../call/status.ts";
import type { ErrorGroup } from "../reference/api-error.ts";
import { errorElement } from "./error-section.ts";
import { ERRORS_SLUG, errorGroupSlug, errorSlug } from "./fact-slugs.ts";
import { lastPart, linksIn, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext, plainText } from "./page-context.ts";

/** `/errors` and a page for each group of them; nothing where no errors are known. */
export function errorPages(context: PageContext): Page[] {
  const { errors: groups } = context.reference;
  return groups.length === 0
    ? []
    : [overview(groups, context), ...groups.map((group) => groupPage(group, context))];
}

function overview(groups: readonly ErrorGroup[], context: PageContext): Page {
  const { title } = context.reference.api;
  const count = groups.reduce((sum, { errors }) => sum + errors.length, 0);
  const description = `The ${count} errors that calls of the ${title} API are known to end with, what causes each, and what to do.`;
  return {
    slug: ERRORS_SLUG,
    source: context.protoRoot,
    info: { kind: "index", title: "Errors", description },
    body: [
      breadcrumbs(context),
      element("PageTitle", { title: "Errors" }),
      element("Doc", { text: description }),
      element("ErrorFilter", {}, [
        ...groups.map((group) =>
          element("Section", { title: group.title, id: group.slug }, [
            element(
              "ErrorRows",
              {},
              group.errors.map((error) => row(group, error, context)),
            ),
          ]),
        ),
      ]),
      byMethod(groups, context),
    ],
  };
}

function row(group: ErrorGroup, error: ErrorGroup["errors"][number], { basePath }: PageContext): Element {
  return element("ErrorRow", {
    title: error.title,
    href: `${basePath}/${errorSlug(group.slug, error.slug)}`,
    code: error.from === "client" ? "this site" : statusName(error.code),
    message: error.messages[0],
    words: [...error.messages.slice(1), ...error.methods.map(lastPart)].join(" "),
  });
}

/** Each method with errors of its own, and the way to them. */
function byMethod(groups: readonly ErrorGroup[], { reference, basePath }: PageContext): Element {
  const errors = groups.flatMap((group) => group.errors);
  const methods = reference.services.flatMap((service) => service.methods);
  const rows = methods.flatMap(({ name, shortName }) => {
    const own = errors.filter((error) => error.methods.includes(name)).length;
    return own === 0 ? [] : [{ text: shortName, href: `${methodHref(name, basePath)}#errors`, count: own }];
  });
  return element("Section", { title: "By method", id: "by-method" }, [
    element("CountedLinks", { links: rows, noun: "error" }),
  ]);
}

function groupPage(group: ErrorGroup, context: PageContext): Page {
  return {
    slug: errorGroupSlug(group.slug),
    source: context.protoRoot,
    info: { kind: "error", title: group.title, description: plainText(group.about) },
    body: [
      breadcrumbs(context, { text: "Errors", href: `${context.basePath}/${ERRORS_SLUG}` }),
      element("PageTitle", { title: group.title }),
      element("Doc", { text: group.about, links: linksIn(context.links, group.about) }),
      element(
        "ErrorList",
        {},
        group.errors.map((error) => errorElement(error, group, context, { folded: false })),
      ),
    ],
  };
}
