import type { Reference } from "../reference/reference.ts";
import { factPages } from "./fact-pages.ts";
import { indexPage, servicePage, typeIndexPages } from "./list-pages.ts";
import { methodPage } from "./method-page.ts";
import { navigationFile } from "./navigation.ts";
import { mdxFile, type Page } from "./page.ts";
import { type PageConfig, type PageContext, pageContext } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";
import { restPage } from "./rest-page.ts";
import { enumPage, messagePage } from "./type-pages.ts";

/** Every file of an API's content folder, sorted by path. The same reference gives the same bytes. */
export function buildPages(reference: Reference, config: PageConfig): PageFile[] {
  const context = pageContext(reference, config);
  const files = [...listPages(context).map((page) => mdxFile(page, context)), navigationFile(context)];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every page of an API, in the order in which they are read. */
export function listPages(context: PageContext): Page[] {
  const { services, messages, enums } = context.reference;
  const [messageIndex, enumIndex] = typeIndexPages(context);
  return [
    indexPage(context),
    ...services.flatMap((service) => [
      servicePage(service, context),
      ...service.methods.map((method) => methodPage(service, method, context)),
    ]),
    restPage(context),
    ...factPages(context),
    messageIndex,
    ...messages.map((message) => messagePage(message, context)),
    enumIndex,
    ...enums.map((enumeration) => enumPage(enumeration, context)),
  ].filter((page) => page != null);
}
