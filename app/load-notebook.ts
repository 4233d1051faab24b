import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "react";
import type { CellMethods } from "../components/notebook/cell-method.ts";
import type { Notebook, NotebookProblem } from "../lib/notebook/notebook.ts";
import { parseNotebook } from "../lib/notebook/parse-notebook.ts";
import { methodHref } from "../lib/pages/links.ts";
import { loadReferences } from "./load-reference.ts";
import { methodPages } from "./method-pages.ts";

const FOLDER = "content/notebooks";

/** A file of `content/notebooks/`, read when pages are prerendered. */
export interface Lesson {
  readonly slug: string;
  readonly notebook: Notebook;
}

/** The lessons in their order. Throws where one cannot be read, with its file, lines and what was meant. */
export const listLessons = cache(async (): Promise<readonly Lesson[]> => {
  const folder = join(process.cwd(), FOLDER);
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(".mdx")).sort();
  const lessons = await Promise.all(
    files.map(async (name) => {
      const reading = parseNotebook(await readFile(join(folder, name), "utf8"));
      if (reading.kind === "problems") throw new Error(describe(`${FOLDER}/${name}`, reading.problems));
      return { slug: name.slice(0, -".mdx".length), notebook: reading.notebook };
    }),
  );
  return lessons.sort((a, b) => place(a) - place(b) || a.slug.localeCompare(b.slug));
});

/** What the page says of each method that a notebook calls. A method that no API has is left out. */
export async function methodsOf(notebook: Notebook): Promise<CellMethods> {
  const [references, pages] = await Promise.all([loadReferences(), methodPages()]);
  const methods = references.flatMap(({ services }) => services.flatMap((service) => service.methods));
  const called = new Set(notebook.cells.flatMap((cell) => ("method" in cell ? [cell.method.text] : [])));
  return Object.fromEntries(
    methods
      .filter(({ name }) => called.has(name))
      .map(({ name, access, stream, safety }) => [
        name,
        { href: pages[name] ?? methodHref(name), access, stream, safety },
      ]),
  );
}

function place({ notebook }: Lesson): number {
  return notebook.info.order ?? Number.POSITIVE_INFINITY;
}

function describe(file: string, problems: readonly NotebookProblem[]): string {
  return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join("\n");
}
