import type { Method } from "../reference/reference.ts";
import { linksIn, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** Methods, each with a row that leads to its page. */
export function methodList(methods: readonly Method[], context: PageContext): Element {
  return element(
    "MethodList",
    {},
    methods.map((method) => methodRow(method, context)),
  );
}

/** The row of one method: by another name than its own, and with the reason why it is listed, where they are given. */
export function methodRow(
  method: Method,
  context: PageContext,
  { name = method.shortName, reason }: { readonly name?: string; readonly reason?: string } = {},
): Element {
  const { doc, stream, access, deprecated } = method;
  return element("MethodRow", {
    name,
    href: methodHref(method.name, context.basePath),
    summary: doc.summary,
    links: linksIn(context.links, doc.summary),
    stream,
    access,
    deprecated: deprecated || undefined,
    reason,
  });
}
