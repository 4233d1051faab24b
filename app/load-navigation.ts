import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FooterSource } from "../components/shell/footer.tsx";
import type { NavigationApi, NavigationGroup } from "../components/shell/navigation.tsx";
import { foldNavigation } from "../lib/pages/fold-navigation.ts";
import { basePathOf } from "../lib/pages/links.ts";
import { apiPath } from "../lib/reference/api-config.ts";
import config from "../playground.config.ts";
import { listGuides } from "./load-guide.ts";
import { listLessons } from "./load-notebook.ts";

const START: NavigationGroup = {
  title: "Start",
  items: [
    { title: "What Pool is", href: "/", access: null },
    { title: "The whole API", href: "/reference", access: null },
    { title: "History", href: "/history", access: null },
    { title: "Saved requests", href: "/collection", access: null },
  ],
};

interface Navigation {
  readonly start: readonly NavigationGroup[];
  readonly apis: readonly NavigationApi[];
  /** Which upstream version the pages of each API describe. */
  readonly sources: readonly FooterSource[];
}

/** The generated navigation of each API, led by what is written by hand. Read when the pages are prerendered. */
export async function loadNavigation(): Promise<Navigation> {
  const read = await Promise.all(
    config.apis.map(async (api) => {
      const base = basePathOf(apiPath(api));
      const text = await readFile(join(process.cwd(), `content${base}/navigation.json`), "utf8");
      const { groups, source } = JSON.parse(text) as { groups: NavigationGroup[]; source: FooterSource };
      return { title: api.title, base, groups: foldNavigation(groups, base).groups, source };
    }),
  );
  return {
    start: [START, ...(await lessonGroups()), ...(await guideGroups())],
    apis: read.map(({ title, base, groups }) => ({ title, base, groups })),
    sources: read.map(({ source }) => source),
  };
}

/** The lessons below the list of them. */
async function lessonGroups(): Promise<NavigationGroup[]> {
  const lessons = await listLessons();
  if (lessons.length === 0) return [];
  const items = lessons.map(({ slug, notebook }) => ({
    title: notebook.info.title,
    href: `/notebooks/${slug}`,
    access: null,
  }));
  return [
    { title: "Notebooks", items: [{ title: "All lessons", href: "/notebooks", access: null }, ...items] },
  ];
}

/** The guides by their groups, in their order. */
async function guideGroups(): Promise<NavigationGroup[]> {
  const guides = (await listGuides()).flatMap(({ slug, info }) => (info === null ? [] : [{ slug, ...info }]));
  return [...new Set(guides.map(({ group }) => group))].map((group) => ({
    title: group,
    items: guides
      .filter((guide) => guide.group === group)
      .map(({ slug, title }) => ({ title, href: `/guides/${slug}`, access: null })),
  }));
}
