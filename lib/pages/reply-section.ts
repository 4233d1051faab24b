import { namedTypes } from "../reference/method-docs.ts";
import type { Method } from "../reference/reference.ts";
import { shortenLists } from "./json-lines.ts";
import { fieldAnchor } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** Items of a list that are shown. */
const MOST_ITEMS = 2;

/** A real reply, as it was recorded, and the request that it answers; nothing where none was recorded. */
export function replySection(method: Method, context: PageContext): Element[] {
  const recorded = context.reference.replies[method.name];
  if (recorded === undefined) return [];
  const { example, request, replies } = recorded;
  const shown = replies.map((lines) => shortenLists(lines, MOST_ITEMS));
  return [
    element("Section", { title: "A real reply", id: "real-reply" }, [
      element("Doc", {
        text: `What the sandbox answers to the example *${example}*${replies.length > 1 ? `, the first ${replies.length} messages` : ""}.`,
      }),
      ...(isEmpty(request)
        ? []
        : [
            element("Unfold", { label: "The request" }, [
              element("Code", { language: "json", text: request.join("\n") }),
            ]),
          ]),
      ...shown.map((lines) =>
        element("ReplyJson", { lines: [...lines], links: linksOf(lines, method, context) }),
      ),
    ]),
  ];
}

function isEmpty(request: readonly string[]): boolean {
  return request.join("").replace(/\s/g, "") === "{}";
}

/** Line number → where the field is documented that the line begins with. */
function linksOf(lines: readonly string[], method: Method, context: PageContext): Record<string, string> {
  const links: Record<string, string> = {};
  /** The message whose fields stand at a depth; undefined inside of a map, and where the type has no page. */
  const at: (string | undefined)[] = [undefined, method.output];
  for (const [number, line] of lines.entries()) {
    const depth = (line.length - line.trimStart().length) / 2;
    const key = /^\s*"([^"]+)": /.exec(line)?.[1];
    const message = at[depth] === undefined ? undefined : context.messages.get(at[depth]);
    if (key === undefined) {
      // An item of a list holds what the list is of.
      if (line.trim() === "{" && depth > 0) at[depth + 1] = at[depth];
      continue;
    }
    if (message === undefined) continue;
    const field = message.fields.find(({ shortName }) => shortName === key);
    const name = field === undefined ? undefined : `${message.name}.${key}`;
    const href = depth === 1 ? `#${fieldAnchor(`reply.${key}`)}` : context.links.get(name ?? "");
    if (field !== undefined && href !== undefined) links[String(number)] = href;
    const isMap = field?.type.kind === "map";
    const type = field === undefined || isMap ? undefined : namedTypes(field.type)[0];
    at[depth + 1] = type;
    // The values of a map stand one level deeper, under keys that are no fields.
    at[depth + 2] = isMap ? namedTypes(field.type)[0] : undefined;
  }
  return links;
}
