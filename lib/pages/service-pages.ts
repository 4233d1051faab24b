import type { Method, Service } from "../reference/reference.ts";
import { factLinks } from "./fact-pages.ts";
import { docElements } from "./field-notes.ts";
import { lastPart, serviceHref } from "./links.ts";
import { element } from "./mdx.ts";
import { methodList } from "./method-list.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, counted, hasRest, optionChips, type PageContext, plainText } from "./page-context.ts";

/** The page of one service: its methods, by task where the config groups them. */
export function servicePage(service: Service, context: PageContext): Page {
  const sections = methodGroups(service, context).map(({ title, methods }, i) =>
    element("Section", { title, id: `methods-${i + 1}` }, [methodList(methods, context)]),
  );
  return {
    slug: service.name,
    source: `${context.protoRoot}/${service.file}`,
    info: {
      kind: "service",
      title: lastPart(service.name),
      description: plainText(service.doc.summary),
      name: service.name,
    },
    body: [
      breadcrumbs(context),
      element("PageTitle", {
        title: lastPart(service.name),
        name: service.name,
        deprecated: service.deprecated || undefined,
      }),
      element("Chips", {}, [
        element("KindChip", { text: "Service" }),
        element("KindChip", { text: counted(service.methods.length, "method") }),
        ...optionChips(service),
        ...(service.upstream === null ? [] : [element("UpstreamChip", { ...service.upstream })]),
      ]),
      ...docElements(service.doc, context),
      ...sections,
    ],
  };
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

/** `/reference`: the services with their methods, and the ways to the rest. */
export function indexPage(context: PageContext): Page {
  const { api, services, messages, enums } = context.reference;
  const description = `Every service, method and type of the ${api.title} API.`;
  const body = [
    element("PageTitle", { title: `${api.title} reference` }),
    element("Doc", { text: description }),
    ...services.map((service) =>
      element(
        "Section",
        {
          title: lastPart(service.name),
          id: service.name,
          type: counted(service.methods.length, "method"),
          href: serviceHref(service.name, context.basePath),
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
                href: `${context.basePath}/rest`,
                summary: "The REST paths, each beside the method that it stands for.",
              }),
            ]
          : []),
        ...factLinks(context).map(({ title, href, summary }) =>
          element("DefinitionRow", { name: title, href, summary }),
        ),
        element("DefinitionRow", {
          name: "Messages",
          href: `${context.basePath}/messages`,
          summary: `${counted(messages.length, "message")}: what requests and replies are made of.`,
        }),
        element("DefinitionRow", {
          name: "Enums",
          href: `${context.basePath}/enums`,
          summary: `${counted(enums.length, "enum")}: the values that a field can have by name.`,
        }),
      ]),
    ]),
  ];
  const info = { kind: "index", title: "Reference", description } as const;
  return { slug: "index", source: context.protoRoot, info, body };
}
