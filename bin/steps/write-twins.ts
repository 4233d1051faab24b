import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resolveNames } from "../../lib/guides/read-guide.ts";
import { tellDiagrams } from "../../lib/guides/tell-diagrams.ts";
import { notebookMarkdown } from "../../lib/notebook/notebook-markdown.ts";
import { toNotebook } from "../../lib/notebook/parse-notebook.ts";
import { foldNavigation } from "../../lib/pages/fold-navigation.ts";
import { guideMarkdown } from "../../lib/pages/guide-markdown.ts";
import { pageMarkdown } from "../../lib/pages/markdown.ts";
import type { NavigationFile } from "../../lib/pages/navigation.ts";
import { readPage } from "../../lib/pages/read-page.ts";
import { indexGuide, indexPage } from "../../lib/search/build-index.ts";
import type { IndexedPage, SearchIndex } from "../../lib/search/search-index.ts";
import { applyChanges, compareFiles, hashFiles, listFiles } from "./file-set.ts";

const REFERENCE = "content/reference";
const GUIDES = "content/guides";
const NOTEBOOKS = "content/notebooks";
const INPUTS = [
  REFERENCE,
  GUIDES,
  NOTEBOOKS,
  "lib/pages",
  "lib/search",
  "lib/guides",
  "lib/notebook",
  "bin/steps/write-twins.ts",
];
const OUTPUTS = [
  "public/reference",
  "public/reference.md",
  "public/guides",
  "public/notebooks",
  "public/notebooks.md",
  "public/index.md",
  "public/search",
  "public/navigation",
  "public/llms.txt",
  "public/llms-full.txt",
];
const STAMP = ".cache/twins-stamp";

/** Above this `llms-full.txt` is left out: nothing reads that much at once. */
const FULL_LIMIT = 2_000_000;

interface Twin {
  readonly href: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
  readonly found: IndexedPage;
}

/**
 * Makes what is read of the pages beside the pages: the Markdown twin of each (`public/<its path>.md`), the search
 * indexes (`public/search/`), and the lists of all for programs (`llms.txt`, `llms-full.txt`). Follows from `content/` only.
 */
export function writeTwins(root: string): "written" | "current" {
  const stamp = () => `${hashFiles(root, INPUTS)} ${hashFiles(root, OUTPUTS)}\n`;
  const stampFile = join(root, STAMP);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp()) return "current";
  const wanted = twinFiles(root);
  applyChanges(root, compareFiles(root, OUTPUTS, wanted), wanted);
  writeFileSync(stampFile, stamp());
  return "written";
}

/** Every file of them, by path. */
export function twinFiles(root: string): Map<string, string> {
  const files = new Map<string, string>();
  const apis = listFiles(root, REFERENCE)
    .filter((file) => file.endsWith("/navigation.json"))
    .map((file) => ({ folder: file.slice(0, -"/navigation.json".length), title: sourceTitle(root, file) }));
  const pages = listFiles(root, REFERENCE).filter((file) => file.endsWith(".mdx"));
  const indexes: string[] = [];
  const addIndex = (id: string, index: SearchIndex) => {
    files.set(`public/search/${id}.json`, JSON.stringify(index));
    indexes.push(`/search/${id}.json`);
  };
  const sections: { title: string; twins: readonly Twin[] }[] = [];
  for (const { folder, title } of apis) {
    // A page belongs to the API with the longest folder that it is in.
    const inner = apis.filter((other) => other.folder.startsWith(`${folder}/`));
    const own = pages.filter(
      (file) => file.startsWith(`${folder}/`) && !inner.some((other) => file.startsWith(`${other.folder}/`)),
    );
    const twins = own.map((file) => referenceTwin(root, file));
    const { groups } = JSON.parse(
      readFileSync(join(root, folder, "navigation.json"), "utf8"),
    ) as NavigationFile;
    const base = folder.slice("content".length);
    for (const [path, items] of foldNavigation(groups, base).files) {
      files.set(`public${path}`, JSON.stringify(items));
    }
    addIndex(folder === REFERENCE ? "reference" : folder.slice(REFERENCE.length + 1).replaceAll("/", "-"), {
      title,
      pages: twins.map(({ found }) => found),
    });
    sections.push({ title, twins });
  }
  const names = namesOf(sections.flatMap(({ twins }) => twins.map(({ found }) => found)));
  const guides = listFiles(root, GUIDES)
    .filter((file) => file.endsWith(".mdx"))
    .map((file) => guideTwin(root, file, names));
  addIndex("guides", { title: "Guides", pages: guides.map(({ found }) => found) });
  const notebooks = notebookTwins(root, names);
  addIndex("notebooks", { title: "Notebooks", pages: notebooks.map(({ found }) => found) });
  sections.unshift({ title: "Guides", twins: guides }, { title: "Notebooks", twins: notebooks });
  files.set("public/search/list.json", JSON.stringify(indexes));
  const all = sections.flatMap(({ twins }) => twins);
  for (const { href, markdown } of all) files.set(`public${twinPath(href)}`, markdown);
  files.set("public/llms.txt", llmsText(sections));
  const full = all.map(({ markdown }) => markdown).join("\n\n");
  if (full.length <= FULL_LIMIT) files.set("public/llms-full.txt", full);
  return files;
}

function referenceTwin(root: string, file: string): Twin {
  const page = readPage(readFileSync(join(root, file), "utf8"));
  const href = file.slice("content".length, -".mdx".length).replace(/\/index$/, "");
  return {
    href,
    title: "name" in page.info ? page.info.name : page.info.title,
    description: page.info.description,
    markdown: pageMarkdown(page, { url: href }),
    found: indexPage(page, href),
  };
}

function guideTwin(root: string, file: string, names: ReadonlyMap<string, string>): Twin {
  const mdx = readFileSync(join(root, file), "utf8");
  const slug = file.slice(GUIDES.length + 1, -".mdx".length);
  const href = slug === "index" ? "/" : `/guides/${slug}`;
  const linked = tellDiagrams(resolveNames(mdx, (name) => names.get(name)));
  const markdown = guideMarkdown(linked, { url: href });
  const title = exported(mdx, "title") ?? /^# (.*)$/m.exec(markdown)?.[1] ?? slug;
  const description = exported(mdx, "description") ?? "";
  return { href, title, description, markdown, found: indexGuide(markdown, { title, description }, href) };
}

/** The list of the lessons, and each of them. */
function notebookTwins(root: string, names: ReadonlyMap<string, string>): Twin[] {
  const lessons = listFiles(root, NOTEBOOKS)
    .filter((file) => file.endsWith(".mdx"))
    .map((file) => ({
      href: `/notebooks/${file.slice(NOTEBOOKS.length + 1, -".mdx".length)}`,
      notebook: toNotebook(readFileSync(join(root, file), "utf8")),
    }))
    .sort((a, b) => (a.notebook.info.order ?? Infinity) - (b.notebook.info.order ?? Infinity));
  const twins = lessons.map(({ href, notebook }): Twin => {
    const text = resolveNames(notebookMarkdown(notebook), (name) => names.get(name)).trimEnd();
    const { title, description } = notebook.info;
    return {
      href,
      title,
      description,
      markdown: `${text}\n\n---\n\nThis page: ${href}\n`,
      found: indexGuide(text, { title, description }, href, "notebook"),
    };
  });
  if (twins.length === 0) return [];
  const list = lessons.map(({ href, notebook }) => {
    const { title, description } = notebook.info;
    return `- [${title}](${twinPath(href)}): ${description}`;
  });
  const title = "Notebooks";
  const description = "Lessons that run: calls that depend on each other, with what they mean beside them.";
  const markdown = `# ${title}\n\n${description}\n\n${list.join("\n")}\n\n---\n\nThis page: /notebooks\n`;
  const href = "/notebooks";
  return [
    { href, title, description, markdown, found: ["index", title, "", href, description, "lessons", []] },
    ...twins,
  ];
}

/** Where each full name has its page, or its place on one. */
function namesOf(pages: readonly IndexedPage[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const [, , name, href, , , places] of pages) {
    if (name === "") continue;
    // Pages of paths and commands bear the name of the method that they lead to: its own page comes first.
    if (names.has(name) && !href.endsWith(`/${name.slice(name.lastIndexOf(".") + 1)}`)) continue;
    names.set(name, href);
    for (const [, title, anchor] of places) names.set(`${name}.${title}`, `${href}#${anchor}`);
  }
  return names;
}

/** A string that a guide exports by itself or within its `page`. */
function exported(mdx: string, name: string): string | undefined {
  const text = new RegExp(
    `^(?:export const |\\s*(?:export const page = \\{)?.*?\\b)${name}(?: =|:)\\s*("(?:[^"\\\\]|\\\\.)*")`,
    "m",
  ).exec(mdx.slice(0, 2000))?.[1];
  return text === undefined ? undefined : (JSON.parse(text) as string);
}

/** `/` → `/index.md`, `/reference` → `/reference.md` */
function twinPath(href: string): string {
  return href === "/" ? "/index.md" : `${href}.md`;
}

function llmsText(sections: readonly { title: string; twins: readonly Twin[] }[]): string {
  const [landing] = sections[0]?.twins.filter(({ href }) => href === "/") ?? [];
  const lines = [`# ${landing?.title ?? "Reference"}`, "", "Every page of this site as Markdown."];
  for (const { title, twins } of sections) {
    lines.push("", `## ${title}`, "");
    for (const twin of twins) {
      const description = twin.description.replace(/\s+/g, " ");
      lines.push(`- [${twin.title}](${twinPath(twin.href)})${description === "" ? "" : `: ${description}`}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function sourceTitle(root: string, file: string): string {
  const { source } = JSON.parse(readFileSync(join(root, file), "utf8")) as { source: { title: string } };
  return source.title;
}
