import type { Definition, Method, Service } from "../reference/reference.ts";
import { enumHref, linksIn, localName, messageHref, methodHref, serviceHref } from "./links.ts";
import { type Element, element, pageFile } from "./mdx.ts";
import { docElements, hasRest, lastPart, type PageContext, plainText } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";

/** The page of one service: its methods, by task where the config groups them. */
export function servicePage(service: Service, context: PageContext): PageFile {
  const sections = methodGroups(service, context).map(({ title, methods }, i) =>
    element("Section", { title, id: `methods-${i + 1}` }, [methodList(methods, context)]),
  );
  return pageFile(
    service.name,
    `${context.protoRoot}/${service.file}`,
    {
      kind: "service",
      title: lastPart(service.name),
      description: plainText(service.doc.summary),
      name: service.name,
    },
    [
      element("Breadcrumbs", { items: [{ text: "Reference", href: "/reference" }] }),
      element("PageTitle", {
        title: lastPart(service.name),
        name: service.name,
        deprecated: service.deprecated || undefined,
      }),
      element("Chips", {}, [
        element("KindChip", { text: "Service" }),
        element("KindChip", { text: counted(service.methods.length, "method") }),
        ...(service.upstream === null ? [] : [element("UpstreamChip", { ...service.upstream })]),
      ]),
      ...docElements(service.doc, context),
      ...sections,
    ],
  );
}

function methodGroups(service: Service, context: PageContext): { title: string; methods: Method[] }[] {
  const prefix = `${lastPart(service.name)} · `;
  const grouped = context.groups.map(({ title, methods }) => ({
    title: title.startsWith(prefix) ? title.slice(prefix.length) : title,
    methods: methods.flatMap((name) => service.methods.filter((method) => method.name === name)),
  }));
  const inGroup = new Set(context.groups.flatMap(({ methods }) => methods));
  const others = service.methods.filter((method) => !inGroup.has(method.name));
  const found = grouped.filter(({ methods }) => methods.length > 0);
  return others.length === 0
    ? found
    : [...found, { title: found.length === 0 ? "Methods" : "Other methods", methods: others }];
}

function methodList(methods: readonly Method[], context: PageContext): Element {
  return element(
    "MethodList",
    {},
    methods.map((method) =>
      element("MethodRow", {
        name: method.shortName,
        href: methodHref(method.name),
        summary: method.doc.summary,
        links: linksIn(context.links, method.doc.summary),
        stream: method.stream,
        access: method.access,
      }),
    ),
  );
}

/** `/reference`: the services with their methods, and the ways to the rest. */
export function indexPage(context: PageContext): PageFile {
  const { api, services, messages, enums } = context.reference;
  const description = `Every service, method and type of the ${api.title} API.`;
  return pageFile("index", context.protoRoot, { kind: "index", title: "Reference", description }, [
    element("PageTitle", { title: `${api.title} reference` }),
    element("Doc", { text: description }),
    ...services.map((service) =>
      element(
        "Section",
        {
          title: lastPart(service.name),
          id: service.name,
          type: counted(service.methods.length, "method"),
          href: serviceHref(service.name),
        },
        [...docElements(service.doc, context, service.doc.summary), methodList(service.methods, context)],
      ),
    ),
    element("Section", { title: hasRest(context) ? "REST and types" : "Types", id: "types" }, [
      element("DefinitionList", {}, [
        ...(hasRest(context)
          ? [
              element("DefinitionRow", {
                name: "REST",
                href: "/reference/rest",
                summary: "The REST paths, each beside the method that it stands for.",
              }),
            ]
          : []),
        element("DefinitionRow", {
          name: "Messages",
          href: "/reference/messages",
          summary: `${counted(messages.length, "message")}: what requests and replies are made of.`,
        }),
        element("DefinitionRow", {
          name: "Enums",
          href: "/reference/enums",
          summary: `${counted(enums.length, "enum")}: the values that a field can have by name.`,
        }),
      ]),
    ]),
  ]);
}

/** `/reference/messages` and `/reference/enums`, each sorted by name. */
export function typeIndexPages(context: PageContext): PageFile[] {
  const { messages, enums } = context.reference;
  return [
    typeIndex("messages", "Messages", messages, messageHref, context),
    typeIndex("enums", "Enums", enums, enumHref, context),
  ];
}

function typeIndex(
  slug: string,
  title: string,
  definitions: readonly Definition[],
  href: (name: string) => string,
  context: PageContext,
): PageFile {
  const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = sorted.map(({ name, doc }) =>
    element("DefinitionRow", {
      name: localName(name, context.packages),
      href: href(name),
      summary: doc.summary,
      links: linksIn(context.links, doc.summary),
    }),
  );
  const description = `All ${definitions.length} ${slug} of the ${context.reference.api.title} API, by name.`;
  return pageFile(slug, context.protoRoot, { kind: "index", title, description }, [
    element("Breadcrumbs", { items: [{ text: "Reference", href: "/reference" }] }),
    element("PageTitle", { title }),
    element("Doc", { text: description }),
    element("Section", { title: "By name", id: "by-name" }, [element("DefinitionList", {}, rows)]),
  ]);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
