import type { Definition, Enum, Message } from "../reference/reference.ts";
import { fieldElements, usedByElements, valueList } from "./fields.ts";
import { enumSlug, localName, messageSlug } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, docElements, type PageContext, plainText } from "./page-context.ts";

/** The page of one message: its fields and where it is used. */
export function messagePage(message: Message, context: PageContext): Page {
  const fields = fieldElements(message, context, { path: "", depth: 1, within: [] });
  return {
    slug: messageSlug(message.name),
    source: `${context.protoRoot}/${message.file}`,
    info: {
      kind: "message",
      title: localName(message.name, context.packages),
      description: plainText(message.doc.summary),
      name: message.name,
    },
    body: [
      ...head(message, "Message", { text: "Messages", href: `${context.basePath}/messages` }, context),
      element(
        "Section",
        { title: "Fields", id: "fields" },
        fields.length > 0 ? fields : [element("NoFields")],
      ),
      ...usedByElements(message.name, context),
    ],
  };
}

/** The page of one enum: its values and where it is used. */
export function enumPage(enumeration: Enum, context: PageContext): Page {
  return {
    slug: enumSlug(enumeration.name),
    source: `${context.protoRoot}/${enumeration.file}`,
    info: {
      kind: "enum",
      title: localName(enumeration.name, context.packages),
      description: plainText(enumeration.doc.summary),
      name: enumeration.name,
    },
    body: [
      ...head(enumeration, "Enum", { text: "Enums", href: `${context.basePath}/enums` }, context),
      element("Section", { title: "Values", id: "values" }, [valueList(enumeration.values, context)]),
      ...usedByElements(enumeration.name, context),
    ],
  };
}

function head(
  definition: Definition,
  kind: string,
  parent: { text: string; href: string },
  context: PageContext,
): Element[] {
  const { name, deprecated, doc, upstream } = definition;
  return [
    breadcrumbs(context, parent),
    element("PageTitle", {
      title: localName(name, context.packages),
      name,
      deprecated: deprecated || undefined,
    }),
    element("Chips", {}, [
      element("KindChip", { text: kind }),
      ...(upstream === null ? [] : [element("UpstreamChip", { ...upstream })]),
    ]),
    ...docElements(doc, context),
  ];
}
