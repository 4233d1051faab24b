import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import * as runtime from "react/jsx-runtime";
import { markdownTables } from "../lib/guides/markdown-tables.ts";

/** The guides that have a page of their own, `macaroons`. The landing page is not one of them. */
export async function listGuides(): Promise<readonly string[]> {
  const names = await readdir(join(process.cwd(), "content/guides"));
  return names
    .filter((name) => name.endsWith(".mdx") && name !== "index.mdx")
    .map((name) => name.slice(0, -4));
}

/** Compiles a guide of `content/guides/`, written by hand and trusted like code. Runs when the page is prerendered. */
export async function loadGuide(name: string) {
  const source = await readFile(join(process.cwd(), "content/guides", `${name}.mdx`), "utf8");
  return evaluate(source, { ...runtime, development: false, remarkPlugins: [markdownTables] });
}
