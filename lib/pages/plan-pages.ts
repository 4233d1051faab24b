import type { Method, Service } from "../reference/reference.ts";
import { endpointPage } from "./endpoint-page.ts";
import { factPages } from "./fact-pages.ts";
import { enumSlug, lastPart, localName, messageSlug, methodSlug } from "./links.ts";
import { methodPage } from "./method-page.ts";
import type { Page } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { restPage } from "./rest-page.ts";
import { indexPage, servicePage } from "./service-pages.ts";
import { enumIndexPage, messageIndexPage, sortedByName } from "./type-index-pages.ts";
import { enumPage, messagePage } from "./type-pages.ts";

/** A page that is known by its address and title before it is made. */
export interface PlannedPage {
  readonly slug: string;
  readonly title: string;
  /** What of the reference `make` has beside the context; null: it may have all, and is made anew each time. */
  readonly about: unknown;
  readonly make: (context: PageContext) => Page;
}

/** Every page of an API, in the order in which they are read: that of the navigation. */
export function planPages(context: PageContext): PlannedPage[] {
  const { reference, endpoints, packages } = context;
  const { services, messages, enums } = reference;
  return [
    made(indexPage(context)),
    ...services.flatMap((service) => [
      {
        slug: service.name,
        title: lastPart(service.name),
        about: service,
        make: (from: PageContext) => servicePage(service, from),
      },
      ...methodsInOrder(service, context).map((method) => ({
        slug: methodSlug(method.name),
        title: method.shortName,
        about: [{ ...service, methods: [] }, method],
        make: (from: PageContext) => methodPage(service, method, from),
      })),
    ]),
    ...[restPage(context)].filter((page) => page !== null).map(made),
    ...endpoints.map((endpoint) => made(endpointPage(endpoint, context))),
    ...factPages(context).map(made),
    made(messageIndexPage(context)),
    ...sortedByName(messages, context).map((message) => ({
      slug: messageSlug(message.name),
      title: localName(message.name, packages),
      // Its fields are looked up as they are shown.
      about: { ...message, fields: [] },
      make: (from: PageContext) => messagePage(message, from),
    })),
    made(enumIndexPage(context)),
    ...sortedByName(enums, context).map((enumeration) => ({
      slug: enumSlug(enumeration.name),
      title: localName(enumeration.name, packages),
      about: { ...enumeration, values: [] },
      make: (from: PageContext) => enumPage(enumeration, from),
    })),
  ];
}

/** A page of which there are few, or that shows something of everything. */
function made(page: Page): PlannedPage {
  return { slug: page.slug, title: page.info.title, about: null, make: () => page };
}

/** Those in the config's groups first, as the navigation has them. */
function methodsInOrder(service: Service, { groups, methods }: PageContext): Method[] {
  const grouped = groups
    .flatMap((group) => group.methods)
    .map((name) => methods.get(name))
    .filter((method) => method?.service === service.name)
    .filter((method) => method !== undefined);
  return [...new Set([...grouped, ...service.methods])];
}
