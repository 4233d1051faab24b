import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import { cache } from "react";
import * as runtime from "react/jsx-runtime";
import { CONTENT_FOLDER, type PageInfo } from "../../lib/pages/page-file.ts";

export interface LoadedPage {
  readonly Content: Awaited<ReturnType<typeof evaluate>>["default"];
  readonly page: PageInfo;
}

const folder = join(process.cwd(), CONTENT_FOLDER);

/** The slugs of all generated pages, `poolrpc.Trader/GetInfo`. */
export const listSlugs = cache(async (): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".mdx")).map((name) => name.slice(0, -".mdx".length));
});

/** Compiles one generated page. Runs when the site is built; null where there is no such page. */
export const loadPage = cache(async (slug: string): Promise<LoadedPage | null> => {
  if (!(await listSlugs()).includes(slug)) {
    return null;
  }
  const text = await readFile(join(folder, `${slug}.mdx`), "utf8");
  const { default: Content, page } = await evaluate(text, { ...runtime, baseUrl: import.meta.url });
  return { Content, page: page as PageInfo };
});
