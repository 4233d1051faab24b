import type { Reference } from "../reference/reference.ts";
import { navigationFile } from "./navigation.ts";
import { withNeighbours } from "./neighbours.ts";
import { mdxFile, mdxPath } from "./page.ts";
import { type PageConfig, pageContext } from "./page-context.ts";
import type { PageFile } from "./page-file.ts";
import { type PlannedPage, planPages } from "./plan-pages.ts";
import { fingerprints, type PageTraces, traceContext } from "./trace.ts";

/** Every file of an API's content folder, sorted by path. The same reference gives the same bytes. */
export function buildPages(reference: Reference, config: PageConfig): PageFile[] {
  const files: PageFile[] = [];
  for (const file of makePages(reference, config))
    if (file.content !== null) files.push({ ...file, content: file.content });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file that is wanted; without content it is as it was left the last time. */
export interface MadeFile {
  readonly path: string;
  readonly content: string | null;
}

/** What the last run left: the traces that it returned, and whether a file still is as it was written then. */
export interface LastPages {
  readonly traces: PageTraces;
  readonly isIntact: (path: string) => boolean;
}

/**
 * Makes one file after the other, and returns what to give as `last` the next time. A page is left as it is where
 * everything that it looked up would be found as it was: the files are those of a run without `last`.
 */
export function* makePages(
  reference: Reference,
  config: PageConfig,
  last?: LastPages,
): Generator<MadeFile, PageTraces> {
  const context = pageContext(reference, config);
  const plan = planPages(context);
  const traced = traceContext(context);
  const about = new Map(plan.map((page, i) => [page.slug, aboutOf(page, plan[i - 1], plan[i + 1])]));
  const fingerprintOf = fingerprints(context, about);
  const isChanged =
    last?.traces.keys.map((key, i) => fingerprintOf(key) !== last.traces.fingerprints[i]) ?? [];
  const pages: Record<string, readonly number[]> = {};
  for (const [i, planned] of plan.entries()) {
    const path = mdxPath(planned, context);
    const before = planned.about === null ? undefined : last?.traces.pages[planned.slug];
    if (
      last !== undefined &&
      before !== undefined &&
      !before.some((key) => isChanged[key]) &&
      last.isIntact(path)
    ) {
      pages[planned.slug] = before.map((key) => traced.keyAt(last.traces.keys[key] ?? ""));
      yield { path, content: null };
      continue;
    }
    const page = withNeighbours(planned.make(traced.context), plan[i - 1], plan[i + 1], context.basePath);
    const file = mdxFile(page, context);
    pages[planned.slug] = [...traced.take(), traced.keyAt(`about/${planned.slug}`)];
    yield file;
  }
  yield navigationFile(context);
  return { keys: traced.keys, fingerprints: traced.keys.map(fingerprintOf), pages };
}

function aboutOf(
  page: PlannedPage,
  previous: PlannedPage | undefined,
  next: PlannedPage | undefined,
): unknown {
  return page.about === null ? null : [page.about, previous?.slug, previous?.title, next?.slug, next?.title];
}
