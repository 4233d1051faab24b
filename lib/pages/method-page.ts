import type { Method, Service } from "../reference/reference.ts";
import { cliSection } from "./cli-section.ts";
import { errorSection } from "./error-section.ts";
import { docElements } from "./field-notes.ts";
import { fieldElements, REQUEST_BUDGET } from "./fields.ts";
import { lastPart, localName, methodSlug, serviceHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, optionChips, type PageContext, plainText } from "./page-context.ts";
import { permissionSection } from "./permission-section.ts";
import { relatedElements } from "./related.ts";
import { replySection } from "./reply-section.ts";
import { bindingPhrase } from "./rest-words.ts";

/** How many fields and values of nested types a method's page writes out of its reply. */
const REPLY_BUDGET = 24;

/** The page of one method. What stands in `Intro` comes before the editor on a narrow screen, `Body` after it. */
export function methodPage(service: Service, method: Method, context: PageContext): Page {
  return {
    slug: methodSlug(method.name),
    source: `${context.protoRoot}/${service.file}`,
    info: {
      kind: "method",
      title: method.shortName,
      description: plainText(method.doc.summary),
      name: method.name,
      stream: method.stream,
      access: method.access,
    },
    body: [
      element("Intro", {}, [
        methodBreadcrumbs(service, method, context),
        element("PageTitle", {
          title: method.shortName,
          name: method.name,
          deprecated: method.deprecated || undefined,
        }),
        element("Chips", {}, chips(method)),
        ...docElements(method.doc, context),
        ...cliSection(method, context),
        ...httpSection(method, context),
        ...permissionSection(method, context),
      ]),
      element("Body", {}, [
        messageSection("Request", "request", method.input, method, context),
        messageSection("Reply", "reply", method.output, method, context),
        ...replySection(method, context),
        ...errorSection(method, context),
        ...relatedElements(method, context),
      ]),
    ],
  };
}

function methodBreadcrumbs(service: Service, method: Method, context: PageContext): Element {
  const shortName = lastPart(service.name);
  const group = context.groups.find(({ methods }) => methods.includes(method.name));
  const prefix = `${shortName} · `;
  const title = group?.title.startsWith(prefix) ? group.title.slice(prefix.length) : group?.title;
  return breadcrumbs(
    context,
    { text: shortName, href: serviceHref(service.name, context.basePath) },
    ...(title === undefined ? [] : [{ text: title }]),
  );
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
    ...optionChips(method),
    ...(method.upstream === null ? [] : [element("UpstreamChip", { ...method.upstream })]),
  ];
}

function messageSection(
  title: string,
  id: "request" | "reply",
  type: string,
  method: Method,
  context: PageContext,
): Element {
  const layout =
    id === "request"
      ? { budget: REQUEST_BUDGET, bindings: method.http }
      : { budget: REPLY_BUDGET, prefix: "reply." };
  const fields = fieldElements(type, context, layout);
  return element(
    "Section",
    { title, id, type: localName(type, context.packages), href: context.links.get(type) },
    [...(context.types.get(type)?.about ?? []), ...(fields.length > 0 ? fields : [element("NoFields", {})])],
  );
}

/** The HTTP requests that stand for this method, each with a page of its own. */
function httpSection(method: Method, context: PageContext): Element[] {
  const rows = (context.bound.get(method.name) ?? []).map(({ binding, slug }) =>
    element("EndpointRow", {
      verb: binding.verb,
      path: binding.path,
      href: `${context.basePath}/${slug}`,
      fields: bindingPhrase(binding, context.messages.get(method.input)),
    }),
  );
  return rows.length === 0 ? [] : [element("Section", { title: "REST", id: "rest" }, rows)];
}
