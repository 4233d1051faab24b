import { type Element, element } from "./mdx.ts";
import { type Page, pageHref } from "./page.ts";

/** What one page says of another that it leads to. */
type Neighbour = { readonly slug: string; readonly title: string } | undefined;

/** The page with the way to the one before and the one after it at its end. */
export function withNeighbours(page: Page, previous: Neighbour, next: Neighbour, basePath: string): Page {
  const link = (neighbour: Neighbour) =>
    neighbour === undefined ? undefined : { text: neighbour.title, href: pageHref(neighbour, basePath) };
  const last = element("Neighbours", { previous: link(previous), next: link(next) });
  return { ...page, body: atEnd(page.body, last) };
}

/** In the second part of a page that has two, since only its parts are shown. */
function atEnd(body: readonly Element[], last: Element): readonly Element[] {
  const part = body.at(-1);
  return part?.tag === "Body"
    ? [...body.slice(0, -1), { ...part, children: [...part.children, last] }]
    : [...body, last];
}
