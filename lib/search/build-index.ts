import { headingId } from "../guides/heading-id.ts";
import type { Element, Json } from "../pages/mdx.ts";
import type { ReadPage } from "../pages/read-page.ts";
import { HIT_KINDS, type HitKind, type IndexedPage, type IndexedPlace, TEXT_LIMIT } from "./search-index.ts";

/** What a generated page at `href` is found by. */
export function indexPage({ info, body }: ReadPage, href: string): IndexedPage {
  const name = "name" in info ? info.name : "";
  const keys = new Set<string>();
  const texts: string[] = [];
  const places: IndexedPlace[] = [];
  const visit = (elements: readonly Element[], unfolded: boolean) => {
    for (const { tag, props, children } of elements) {
      if (tag === "HttpChip") keys.add(`${props.verb} ${props.path}`);
      if (tag === "CliChip") keys.add(String(props.command));
      if (tag === "AccessChip" && Array.isArray(props.permissions)) keys.add(props.permissions.join(" "));
      if (tag === "Doc" && texts.length === 0) texts.push(plainText(props.text));
      if ((tag === "Field" || tag === "Value") && typeof props.id === "string") {
        // Fields of a method's messages are found on the pages of the messages.
        if (unfolded || info.kind === "method") continue;
        const kind = tag === "Field" ? "field" : "value";
        places.push([kind, String(props.name), props.id, cut(docOf(children))]);
        visit(children, true);
      } else if (tag === "Flag" || tag === "ApiErrorItem") {
        if (info.kind !== "method" && typeof props.id === "string") {
          places.push(tag === "Flag" ? flagPlace(props, props.id) : errorPlace(props, props.id));
        }
      } else {
        visit(children, unfolded || tag === "Unfold");
      }
    }
  };
  visit(body, false);
  const summary = plainText(info.description);
  const [text = ""] = texts;
  const all = cut(text.startsWith(summary) ? text : `${summary} ${text}`);
  return [kindOf(info.kind), info.title, name, href, all, [...keys].join(" "), places];
}

/** What a guide or a notebook at `href` is found by: its title, its headings, and the text under each of them. */
export function indexGuide(
  markdown: string,
  info: { title: string; description: string },
  href: string,
  kind: "guide" | "notebook" = "guide",
): IndexedPage {
  const places: { title: string; text: string }[] = [];
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (/^\s*```/.test(line)) fenced = !fenced;
    const heading = fenced ? undefined : /^#{2,4} +(.*)$/.exec(line)?.[1];
    if (heading !== undefined) places.push({ title: plainText(heading), text: "" });
    else if (!fenced && !line.startsWith("```")) {
      const place = places.at(-1);
      if (place !== undefined && place.text.length < GUIDE_TEXT) place.text += ` ${line}`;
    }
  }
  return [
    kind,
    info.title,
    "",
    href,
    info.description,
    "",
    places.map(({ title, text }) => [
      "heading",
      title,
      headingId(title),
      plainText(text).slice(0, GUIDE_TEXT),
    ]),
  ];
}

/** Of a guide all of a section is found: they are few, and what they say is said nowhere else. */
const GUIDE_TEXT = 1500;

function kindOf(kind: string): HitKind {
  return kind in HIT_KINDS ? (kind as HitKind) : "page";
}

function flagPlace({ name, about }: Element["props"], id: string): IndexedPlace {
  return ["flag", String(name), id, cut(plainText(about))];
}

/** An error is called what it says, since that is what a reader has of it. */
function errorPlace({ title, code, messages, cause }: Element["props"], id: string): IndexedPlace {
  const [first, ...others] = Array.isArray(messages) ? messages.map(String) : [];
  const text = [`${title}.`, plainText(cause), ...others, code].join(" ");
  return ["error", first ?? String(title), id, cut(text)];
}

/** The text of a definition, and what its notes say. */
function docOf(children: readonly Element[]): string {
  return children
    .flatMap(({ tag, props }) => {
      if (tag === "Doc") return [plainText(props.text)];
      if (tag !== "Notes") return [];
      const { links: _, ...notes } = props;
      return Object.values(notes).map(plainText);
    })
    .join(" ");
}

/** Markdown as the words that a reader sees. */
function plainText(markdown: Json | undefined): string {
  return String(markdown ?? "")
    .replace(/\[([^\][]+)\](?:\[[^\]]*\]|\([^)]*\))/g, "$1")
    .replace(/[`*>|#]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function cut(text: string): string {
  return text.length <= TEXT_LIMIT ? text : `${text.slice(0, text.lastIndexOf(" ", TEXT_LIMIT))}…`;
}
