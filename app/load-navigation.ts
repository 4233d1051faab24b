import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FooterSource } from "../components/shell/footer.tsx";
import type { NavigationGroup } from "../components/shell/navigation.tsx";

const START: NavigationGroup = {
  title: "Start",
  items: [
    { title: "What Pool is", href: "/", access: null },
    { title: "The whole API", href: "/reference", access: null },
    { title: "History", href: "/history", access: null },
    { title: "Saved requests", href: "/collection", access: null },
  ],
};

/** The generated navigation, led by what is written by hand. Read when the pages are prerendered. */
export async function loadNavigation(): Promise<{ groups: NavigationGroup[]; source: FooterSource }> {
  const file = join(process.cwd(), "content/reference/navigation.json");
  const generated = JSON.parse(await readFile(file, "utf8")) as {
    groups: NavigationGroup[];
    source: FooterSource;
  };
  return { groups: [START, ...generated.groups], source: generated.source };
}
