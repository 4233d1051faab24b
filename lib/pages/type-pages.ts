import type { Definition, Enum, Message } from "../reference/reference.ts";
import { fieldElements, usedByElements, valueList } from "./fields.ts";
import { enumHref, localName, messageHref } from "./links.ts";
import { type Element, element, pageFile } from "./mdx.ts";
import { docElements, type PageContext, plainText } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";

/** The page of one message: its fields and where it is used. */
export function messagePage(message: Message, context: PageContext): PageFile {
  const fields = fieldElements(message, context, { path: "", depth: 1, within: [] });
  return pageFile(
    messageHref(message.name).slice("/reference/".length),
    `${context.protoRoot}/${message.file}`,
    {
      kind: "message",
      title: localName(message.name, context.packages),
      description: plainText(message.doc.summary),
      name: message.name,
    },
    [
      ...head(message, "Message", { text: "Messages", href: "/reference/messages" }, context),
      element(
        "Section",
        { title: "Fields", id: "fields" },
        fields.length > 0 ? fields : [element("NoFields")],
      ),
      ...usedByElements(message.name, context),
    ],
  );
}

/** The page of one enum: its values and where it is used. */
export function enumPage(enumeration: Enum, context: PageContext): PageFile {
  return pageFile(
    enumHref(enumeration.name).slice("/reference/".length),
    `${context.protoRoot}/${enumeration.file}`,
    {
      kind: "enum",
      title: localName(enumeration.name, context.packages),
      description: plainText(enumeration.doc.summary),
      name: enumeration.name,
    },
    [
      ...head(enumeration, "Enum", { text: "Enums", href: "/reference/enums" }, context),
      element("Section", { title: "Values", id: "values" }, [valueList(enumeration.values, context)]),
      ...usedByElements(enumeration.name, context),
    ],
  );
}

function head(
  definition: Definition,
  kind: string,
  parent: { text: string; href: string },
  context: PageContext,
): Element[] {
  const { name, deprecated, doc, upstream } = definition;
  return [
    element("Breadcrumbs", { items: [{ text: "Reference", href: "/reference" }, parent] }),
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
