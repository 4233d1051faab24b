import { readFileSync } from "node:fs";
import { join } from "node:path";
import { figureId } from "../../lib/guides/heading-id.ts";
import { type GuideProblem, linkProblem, type SiteFacts } from "../../lib/guides/lint-guides.ts";
import { type Guide, readGuide } from "../../lib/guides/read-guide.ts";
import { basePathOf, indexLinks, TRY_IT_ANCHOR } from "../../lib/pages/links.ts";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { describeProblem } from "../../lib/schema/problem.ts";
import { findMethod, loadRegistry } from "../../lib/schema/registry.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { apiFile } from "./api-files.ts";
import { listFiles } from "./file-set.ts";
import { notebookAnchors, readLessons } from "./lint-notebooks.ts";

const REFERENCE = "content/reference";
const GUIDES = "content/guides";

/** Every guide, the landing page too. Throws where one is no MDX, with its file. */
export function readGuides(root: string): Guide[] {
  return listFiles(root, GUIDES)
    .filter((file) => file.endsWith(".mdx"))
    .map((file) => {
      try {
        return readGuide(
          file.slice(GUIDES.length + 1, -".mdx".length),
          readFileSync(join(root, file), "utf8"),
        );
      } catch (cause) {
        const line = (cause as { line?: number }).line ?? 1;
        throw new Error(`${file}:${line}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    });
}

/** The reference of each API, as `generate` wrote it. */
export function readReferences(root: string, apis: readonly ResolvedApi[]): Reference[] {
  return apis.map(
    ({ id }) => JSON.parse(readFileSync(join(root, apiFile(id, "reference.json")), "utf8")) as Reference,
  );
}

/** What the pages of this project are, for links to them. Needs what `generate` writes. */
export function siteFacts(root: string, apis: readonly ResolvedApi[], guides: readonly Guide[]): SiteFacts {
  const names = new Set(
    readReferences(root, apis).flatMap((reference, index) => [
      ...indexLinks(reference, basePathOf(apis[index]?.path ?? "")).keys(),
    ]),
  );
  const registries = apis.map(({ id }) => loadRegistry(readFileSync(join(root, apiFile(id, "image.binpb")))));
  return {
    pages: sitePages(root, guides),
    isName: (name) => names.has(name),
    requestProblem(method, text) {
      for (const registry of registries) {
        const desc = findMethod(registry, method);
        if (desc === undefined) continue;
        const reading = readRequest(text, desc.input, { bytes: "hex", registry });
        const [first] = reading.kind === "ok" ? [] : reading.problems;
        return first === undefined ? null : describeProblem(text, first);
      }
      return "there is no such method";
    },
  };
}

/** The anchors of every page, by its path. */
function sitePages(root: string, guides: readonly Guide[]): Map<string, ReadonlySet<string>> {
  const pages = new Map<string, ReadonlySet<string>>();
  for (const file of listFiles(root, "app").filter(
    (file) => file.endsWith("/page.tsx") && !file.includes("["),
  )) {
    pages.set(file.slice("app".length, -"/page.tsx".length), new Set(["main"]));
  }
  for (const { slug, headings, blocks } of guides) {
    const figures = blocks.flatMap(({ block }) => (block.kind === "diagram" ? [block.caption] : []));
    const anchors = new Set([...headings.map(({ id }) => id), ...figures.map(figureId)]);
    pages.set(slug === "index" ? "/" : `/guides/${slug}`, anchors);
  }
  for (const lesson of readLessons(root)) pages.set(`/notebooks/${lesson.slug}`, notebookAnchors(lesson));
  for (const file of listFiles(root, REFERENCE).filter((file) => file.endsWith(".mdx"))) {
    const path = file.slice("content".length, -".mdx".length).replace(/\/index$/, "");
    pages.set(path, anchorsOf(readFileSync(join(root, file), "utf8")));
  }
  return pages;
}

/** Those that the page's own text has, and the one that a method's page has around its editor. */
function anchorsOf(mdx: string): Set<string> {
  const ids = [...mdx.matchAll(/ id=\{("(?:[^"\\]|\\.)*")\}/g)].map(
    ([, id = '""']) => JSON.parse(id) as string,
  );
  return new Set(mdx.includes('page = {"kind":"method"') ? [...ids, TRY_IT_ANCHOR] : ids);
}

/** Links of the generated pages that lead nowhere, each once a page. */
export function lintPageLinks(root: string, facts: SiteFacts): GuideProblem[] {
  return listFiles(root, REFERENCE)
    .filter((file) => file.endsWith(".mdx"))
    .flatMap((file) => {
      const path = file.slice("content".length, -".mdx".length).replace(/\/index$/, "");
      const seen = new Set<string>();
      return readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((text, index) =>
          [...text.matchAll(/"href":"([^"]+)"|href=\{"([^"]+)"\}|\]\((\/[^)\s]*)\)/g)].flatMap(
            ([, item, attribute, written]) => {
              const href = item ?? attribute ?? written ?? "";
              const problem = seen.has(href) ? null : linkProblem(href, path, facts);
              seen.add(href);
              return problem === null ? [] : [{ file, line: index + 1, problem }];
            },
          ),
        );
    });
}
