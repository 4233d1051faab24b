import { statusName } from "../call/status.ts";
import type { ApiError, ErrorGroup } from "../reference/api-error.ts";
import type { Method } from "../reference/reference.ts";
import { errorGroupSlug, errorSlug } from "./fact-slugs.ts";
import { lastPart, linksIn } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** What this method refuses, why, and how to mend it; then what any method may say. Nothing where no errors are known. */
export function errorSection(method: Method, context: PageContext): Element[] {
  const { errors: groups } = context.reference;
  const own = groups
    .flatMap((group) => group.errors.map((error) => ({ group, error })))
    .filter(({ error }) => error.methods.includes(method.name))
    // What few methods say is about this one's request; what many say is about the world around it.
    .sort((a, b) => a.error.methods.length - b.error.methods.length)
    .map(({ group, error }) => errorElement(error, group, context, { folded: true }));
  const { service } = method;
  const anyhow = groups.filter(
    (group) => group.errors.some(isGeneral) && isSaidBy(group, service, method, context),
  );
  if (own.length + anyhow.length === 0) return [];
  return [
    element("Section", { title: "Errors", id: "errors" }, [
      ...(own.length === 0
        ? [element("Doc", { text: "No error of this method's own is known." })]
        : [element("ErrorList", {}, own)]),
      ...(anyhow.length === 0
        ? []
        : [
            element("ErrorGroups", {
              groups: anyhow.map(({ slug, title }) => ({
                text: title,
                href: `${context.basePath}/${errorGroupSlug(slug)}`,
              })),
            }),
          ]),
    ]),
  ];
}

function isGeneral({ methods }: ApiError): boolean {
  return methods.length === 0;
}

/** Errors of macaroons are not said where none is asked for, nor those of REST where there is no path. */
function isSaidBy(group: ErrorGroup, service: string, method: Method, context: PageContext): boolean {
  const froms = new Set(group.errors.filter(isGeneral).map(({ from }) => from));
  if (froms.has("client")) return true;
  if (froms.has("rest")) return method.http.length > 0;
  const named = context.reference.services
    .find(({ name }) => name === service)
    ?.methods.some(({ permissions }) => permissions !== null && permissions.length > 0);
  return named === true;
}

/** One error. On a method's page it is folded and leads to its group. */
export function errorElement(
  error: ApiError,
  group: ErrorGroup,
  context: PageContext,
  { folded }: { readonly folded: boolean },
): Element {
  const { cause, remedy } = error;
  return element("ApiErrorItem", {
    id: folded ? `error-${error.slug}` : error.slug,
    title: error.title,
    code: error.from === "client" ? undefined : statusName(error.code),
    messages: [...error.messages],
    reason: error.from === "client" || undefined,
    cause,
    remedy,
    links: linksIn(context.links, cause, remedy),
    methods: folded
      ? undefined
      : error.methods.map((name) => ({ text: lastPart(name), ...hrefOf(name, context) })),
    fields: error.fields.map((name) => ({
      text: name.split(".").slice(-2).join("."),
      ...hrefOf(name, context),
    })),
    seen: folded || error.seen.length === 0 ? undefined : [...error.seen],
    href: folded ? `${context.basePath}/${errorSlug(group.slug, error.slug)}` : undefined,
  });
}

function hrefOf(name: string, { links }: PageContext): { href?: string } {
  const href = links.get(name);
  return href === undefined ? {} : { href };
}
