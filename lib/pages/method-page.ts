import type { Method, Service } from "../reference/reference.ts";
import { fieldElements } from "./fields.ts";
import { localName, methodHref, serviceHref } from "./links.ts";
import { type Element, element, pageFile } from "./mdx.ts";
import { docElements, lastPart, type PageContext, plainText } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";

/** How many levels of nested messages a method page unfolds: requests are written, replies are read. */
const REQUEST_DEPTH = 2;
const REPLY_DEPTH = 1;

/** The page of one method. */
export function methodPage(service: Service, method: Method, context: PageContext): PageFile {
  return pageFile(
    methodHref(method.name).slice("/reference/".length),
    `${context.protoRoot}/${service.file}`,
    {
      kind: "method",
      title: method.shortName,
      description: plainText(method.doc.summary),
      name: method.name,
      stream: method.stream,
      access: method.access,
    },
    [
      element("Intro", {}, [
        element("Breadcrumbs", { items: breadcrumbs(service, method, context) }),
        element("PageTitle", {
          title: method.shortName,
          name: method.name,
          deprecated: method.deprecated || undefined,
        }),
        element("Chips", {}, chips(method)),
        ...docElements(method.doc, context),
      ]),
      bodySection("Request", "request", method.input, context, ""),
      bodySection("Reply", "reply", method.output, context, "reply."),
    ],
  );
}

function breadcrumbs(service: Service, method: Method, context: PageContext) {
  const shortName = lastPart(service.name);
  const group = context.groups.find(({ methods }) => methods.includes(method.name));
  const prefix = `${shortName} · `;
  const title = group?.title.startsWith(prefix) ? group.title.slice(prefix.length) : group?.title;
  return [
    { text: "Reference", href: "/reference" },
    { text: shortName, href: serviceHref(service.name) },
    ...(title === undefined ? [] : [{ text: title }]),
  ];
}

function chips(method: Method): Element[] {
  return [
    element("StreamChip", { stream: method.stream }),
    element("AccessChip", {
      access: method.access,
      permissions: method.permissions === null ? null : [...method.permissions],
    }),
    ...method.http.map(({ verb, path }) => element("HttpChip", { verb, path })),
    ...(method.cli === null ? [] : [element("CliChip", { command: method.cli })]),
    ...(method.upstream === null ? [] : [element("UpstreamChip", { ...method.upstream })]),
  ];
}

function bodySection(title: string, id: string, type: string, context: PageContext, path: string): Element {
  const message = context.messages.get(type);
  const depth = id === "request" ? REQUEST_DEPTH : REPLY_DEPTH;
  const fields = message === undefined ? [] : fieldElements(message, context, { path, depth, within: [] });
  return element(
    "Section",
    { title, id, type: localName(type, context.packages), href: context.links.get(type) },
    [
      ...(message === undefined ? [] : docElements(message.doc, context)),
      ...(fields.length > 0 ? fields : [element("NoFields", {})]),
    ],
  );
}
