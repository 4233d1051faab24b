import type { ReadPage } from "./read-page.ts";

/** A place on a page that its table of contents leads to. `depth` 0 is a section, 1 what is in it. */
export type ContentsItem = readonly [id: string, text: string, depth: 0 | 1];

/** The sections of a generated page; on the page of a type its fields or values, on one of errors each of them. */
export function contentsOf({ info, body }: ReadPage): ContentsItem[] {
  const items: ContentsItem[] = [];
  const isType = info.kind === "message" || info.kind === "enum";
  const visit = (elements: ReadPage["body"], inSection: boolean) => {
    for (const { tag, props, children } of elements) {
      const { id } = props;
      if (tag === "Unfold") continue;
      if (tag === "Section" && typeof id === "string" && !inSection) {
        items.push([id, String(props.title), 0]);
        visit(children, true);
      } else if (tag === "ApiErrorItem" && info.kind === "error" && typeof id === "string") {
        items.push([id, String(props.title), 0]);
      } else if (tag === "Field" || tag === "Value") {
        if (isType && inSection && typeof id === "string") items.push([id, String(props.name), 1]);
      } else {
        visit(children, inSection);
      }
    }
  };
  visit(body, false);
  return items;
}
