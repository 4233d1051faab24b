import type { ApiConfig } from "../reference/api-config.ts";
import type { Reference } from "../reference/reference.ts";
import { indexPage, servicePage, typeIndexPages } from "./list-pages.ts";
import { methodPage } from "./method-page.ts";
import { navigationFile } from "./navigation.ts";
import { pageContext } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";
import { restPage } from "./rest-page.ts";
import { enumPage, messagePage } from "./type-pages.ts";

/** Every file of `content/reference`, sorted by path. The same reference gives the same bytes. */
export function buildPages(
  reference: Reference,
  config: Pick<ApiConfig, "groups" | "protoRoot">,
): PageFile[] {
  const context = pageContext(reference, config);
  const files = [
    indexPage(context),
    restPage(context),
    ...typeIndexPages(context),
    ...reference.services.flatMap((service) => [
      servicePage(service, context),
      ...service.methods.map((method) => methodPage(service, method, context)),
    ]),
    ...reference.messages.map((message) => messagePage(message, context)),
    ...reference.enums.map((enumeration) => enumPage(enumeration, context)),
    navigationFile(context),
  ];
  return files.filter((file) => file !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
}
