import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import { cache } from "react";
import * as runtime from "react/jsx-runtime";
import type { RequestHref } from "../components/guide/code-block.tsx";
import { keepMeta } from "../lib/guides/keep-meta.ts";
import { markdownTables } from "../lib/guides/markdown-tables.ts";
import { type Guide, readGuide, resolveNames } from "../lib/guides/read-guide.ts";
import { basePathOf, indexLinks, methodHref } from "../lib/pages/links.ts";
import { apiPath } from "../lib/reference/api-config.ts";
import { fingerprint, writeFragment } from "../lib/workspace/share-link.ts";
import config from "../playground.config.ts";
import { loadReferences } from "./load-reference.ts";

/** The guides that have a page of their own, by group and order. The landing page is not one of them. */
export const listGuides = cache(async (): Promise<readonly Guide[]> => {
  const names = await readdir(join(process.cwd(), "content/guides"));
  const slugs = names
    .filter((name) => name.endsWith(".mdx") && name !== "index.mdx")
    .map((name) => name.slice(0, -4));
  const guides = await Promise.all(slugs.sort().map(async (slug) => readGuide(slug, await readSource(slug))));
  return guides.sort((a, b) => (a.info?.order ?? 0) - (b.info?.order ?? 0));
});

/** Compiles a guide of `content/guides/`, written by hand and trusted like code. Runs when the page is prerendered. */
export async function loadGuide(slug: string) {
  const [source, names] = await Promise.all([readSource(slug), nameLinks()]);
  return evaluate(
    resolveNames(source, (name) => names.get(name)),
    { ...runtime, development: false, remarkPlugins: [markdownTables, keepMeta] },
  );
}

/** Where the blocks of a guide lead to: each request to the page of its method, with the request in it. */
export async function requestLinks({ blocks }: Guide): Promise<RequestHref> {
  const requests = new Map<string, string>();
  for (const { block, text } of blocks) {
    if (block.kind === "request")
      requests.set(`${block.method} ${text}`, await requestLink(block.method, text));
  }
  return (method, text) => requests.get(`${method} ${text}`);
}

async function requestLink(method: string, request: string): Promise<string> {
  const image = await readFile(join(process.cwd(), "public/schema", `${method}.binpb`));
  const fragment = await writeFragment({ method, request, bytes: "hex", schema: fingerprint(image) });
  const page = (await nameLinks()).get(method) ?? methodHref(method);
  return fragment === null ? page : `${page}#${fragment}`;
}

/** Where each name of the reference has its page, or its place on one. */
export const nameLinks = cache(async () => {
  const references = await loadReferences();
  const bases = config.apis.map((api) => basePathOf(apiPath(api)));
  return new Map(references.flatMap((reference, index) => [...indexLinks(reference, bases[index] ?? "")]));
});

function readSource(slug: string): Promise<string> {
  return readFile(join(process.cwd(), "content/guides", `${slug}.mdx`), "utf8");
}
