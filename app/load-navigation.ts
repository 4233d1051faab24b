import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FooterSource } from "../components/shell/footer.tsx";
import type { NavigationApi, NavigationGroup } from "../components/shell/navigation.tsx";
import { foldNavigation } from "../lib/pages/fold-navigation.ts";
import { listGuides } from "./load-guide.ts";

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
  /** Which upstream version the first API's pages describe. */
  readonly source: FooterSource;
}

/** The generated navigation of each API, led by what is written by hand. Read when the pages are prerendered. */
export async function loadNavigation(): Promise<Navigation> {
  const folder = join(process.cwd(), "content/reference");
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith("navigation.json")).sort((a, b) => a.length - b.length);
  const read = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      const { groups, source } = JSON.parse(text) as { groups: NavigationGroup[]; source: FooterSource };
      const base = `/reference/${name}`.replace(/\/navigation\.json$/, "");
      return { base, groups: foldNavigation(groups, base).groups, source };
    }),
  );
  const [first] = read;
  if (first === undefined)
    throw new Error("content/reference holds no navigation.json: run npm run generate");
  return {
    start: [START, ...(await guideGroups())],
    apis: read.map(({ base, groups }) => ({ base, groups })),
    source: first.source,
  };
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
