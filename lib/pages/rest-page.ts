import type { HttpBinding, Method } from "../reference/reference.ts";
import { linksIn, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, lastPart, type PageContext } from "./page-context.ts";

/** `/reference/rest`: every HTTP binding beside its method; null where the API has none. */
export function restPage(context: PageContext): Page | null {
  const { api, services } = context.reference;
  const sections = services.flatMap((service) => {
    const rows = service.methods.flatMap((method) =>
      method.http.map((binding) => restRow(method, binding, context)),
    );
    return rows.length === 0
      ? []
      : [
          element("Section", { title: lastPart(service.name), id: service.name }, [
            element("DefinitionList", {}, rows),
          ]),
        ];
  });
  if (sections.length === 0) return null;
  const description = `The REST paths of the ${api.title} API, each beside the gRPC method that it stands for.`;
  const body = [
    breadcrumbs(context),
    element("PageTitle", { title: "REST reference" }),
    element("Doc", { text: description }),
    element("Doc", { text: RULES }),
    ...sections,
  ];
  return {
    slug: "rest",
    source: context.protoRoot,
    info: { kind: "index", title: "REST", description },
    body,
  };
}

/** How a REST request and reply are made from the messages of the method, as the gateway in front of it does. */
const RULES = [
  "A request and its reply are the method's messages as JSON: the fields are those on the method's page, under their",
  "names in the proto file. What differs is where a field goes:",
  "",
  "- A name in braces is a part of the path. Bytes in a path are URL-safe base64.",
  "- With a body, every other field is in it, as one JSON object. Bytes are base64.",
  "- Without a body, every other field is a query parameter; `a.b` names the field `b` of the message `a`.",
  "- In replies each field is present, 64-bit integers are strings, and bytes are base64.",
].join("\n");

function restRow(method: Method, { verb, path, body }: HttpBinding, context: PageContext): Element {
  return element("RestRow", {
    verb,
    path,
    fields: body === "*" ? "body" : body === null ? "query" : `body: ${body}`,
    method: method.shortName,
    href: methodHref(method.name, context.basePath),
    access: method.access,
    summary: method.doc.summary,
    links: linksIn(context.links, method.doc.summary),
  });
}
