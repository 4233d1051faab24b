import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import { cache } from "react";
import * as runtime from "react/jsx-runtime";
import { type ContentsItem, contentsOf } from "../../lib/pages/contents.ts";
import { CONTENT_FOLDER, type PageInfo } from "../../lib/pages/page-file.ts";
import { readPage } from "../../lib/pages/read-page.ts";
import { apiPath } from "../../lib/reference/api-config.ts";
import config from "../../playground.config.ts";

export interface LoadedPage {
  readonly Content: Awaited<ReturnType<typeof evaluate>>["default"];
  readonly page: PageInfo;
  /** What its table of contents leads to. */
  readonly contents: readonly ContentsItem[];
}

const folder = join(process.cwd(), CONTENT_FOLDER);

/** The slugs of all generated pages, `poolrpc.Trader/GetInfo`. Where another API begins is its own path, `lnd`. */
export const listSlugs = cache(async (): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".mdx"))
    .map((name) => name.slice(0, -".mdx".length).replace(/\/index$/, ""));
});

/** Compiles one generated page. Runs when the site is built; null where there is no such page. */
export const loadPage = cache(async (slug: string): Promise<LoadedPage | null> => {
  if (!(await listSlugs()).includes(slug)) {
    return null;
  }
  const base = config.apis.some((api) => slug !== "" && apiPath(api) === slug);
  const text = await readFile(join(folder, base ? `${slug}/index.mdx` : `${slug}.mdx`), "utf8");
  const { default: Content, page } = await evaluate(text, { ...runtime, baseUrl: import.meta.url });
  return { Content, page: page as PageInfo, contents: contentsOf(readPage(text)) };
});
