import { type Element, mdxText } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";
import type { PageFile, PageInfo } from "./page-file.ts";

/** One page before it is written: every form of it (MDX, Markdown, search) is made from this. */
export interface Page {
  /** Its path below the API's base: `poolrpc.Trader/GetInfo`; `index` for the base itself. */
  readonly slug: string;
  /** What it is made from, relative to the project. */
  readonly source: string;
  readonly info: PageInfo;
  readonly body: readonly Element[];
}

/** Where a page is served: `/reference/poolrpc.Trader/GetInfo`. */
export function pageHref({ slug }: Pick<Page, "slug">, basePath: string): string {
  return slug === "index" ? basePath : `${basePath}/${slug}`;
}

/** Path of the file that the site compiles, relative to the project. */
export function mdxPath({ slug }: Pick<Page, "slug">, { folder }: Pick<PageContext, "folder">): string {
  return `${folder}/${slug}.mdx`;
}

/** The page as that file. */
export function mdxFile(page: Page, context: Pick<PageContext, "folder">): PageFile {
  return { path: mdxPath(page, context), content: mdxText(page.source, page.info, page.body) };
}
