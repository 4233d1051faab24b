import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DescMessage } from "@bufbuild/protobuf";
import { headingId } from "../../lib/guides/heading-id.ts";
import { type GuideProblem, linkProblem, type SiteFacts } from "../../lib/guides/lint-guides.ts";
import { checkNotebook, type NotebookApis } from "../../lib/notebook/check-notebook.ts";
import type { Cell, Notebook } from "../../lib/notebook/notebook.ts";
import { parseNotebook } from "../../lib/notebook/parse-notebook.ts";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import { nearestName } from "../../lib/schema/nearest-name.ts";
import { SCENARIOS } from "../../sandbox/ledger/scenarios.ts";
import { apiFile } from "./api-files.ts";
import { listFiles } from "./file-set.ts";
import { readNotebookApis } from "./notebook-apis.ts";
import { readApi } from "./read-api.ts";

const FOLDER = "content/notebooks";
/** Fewer would be a text with buttons. */
const FEWEST_CHECKS = 3;
const HEADING = /^(#{1,6}) +(.+?)\s*$/gm;

/** A file of `content/notebooks/`. */
export interface LessonFile {
  /** `content/notebooks/first-call.mdx` */
  readonly file: string;
  readonly slug: string;
  readonly source: string;
}

export function readLessons(root: string): LessonFile[] {
  return listFiles(root, FOLDER)
    .filter((file) => file.endsWith(".mdx"))
    .map((file) => ({
      file,
      slug: file.slice(FOLDER.length + 1, -".mdx".length),
      source: readFileSync(join(root, file), "utf8"),
    }));
}

/** The APIs that lessons call. Needs what `generate` writes. */
export async function lessonApis(root: string, apis: readonly ResolvedApi[]): Promise<NotebookApis> {
  const { permissions } = await readApi(root, apis);
  return readNotebookApis(
    apis.map(({ id }) => readFileSync(join(root, apiFile(id, "image.binpb")))),
    permissions,
  );
}

/** Where a link to a page of a notebook can lead: its headings and cells. None where it cannot be read. */
export function notebookAnchors({ source }: LessonFile): Set<string> {
  const reading = parseNotebook(source);
  if (reading.kind === "problems") return new Set();
  const { cells } = reading.notebook;
  return new Set([
    ...headingsOf(cells)
      .filter(({ depth }) => depth === 2 || depth === 3)
      .map(({ text }) => headingId(text)),
    ...cells.map(({ id }) => `cell-${id}`),
  ]);
}

/**
 * Everything that is wrong with the shipped lessons and can be told without running them: what makes a text no notebook,
 * links and names that lead nowhere, and what a lesson has to have. Sorted by file and line.
 */
export function lintNotebooks(
  lessons: readonly LessonFile[],
  site: Pick<SiteFacts, "pages" | "isName">,
  apis: NotebookApis,
): GuideProblem[] {
  const orders = new Map<number, string>();
  return lessons.flatMap((lesson) => {
    const { file, slug, source } = lesson;
    const reading = parseNotebook(source);
    if (reading.kind === "problems") {
      return reading.problems.map(({ line, message }) => ({ file, line, problem: message }));
    }
    const { notebook } = reading;
    const problems = [
      ...checkNotebook(notebook, apis).map(({ line, message }) => ({ line, problem: message })),
      ...lintInfo(notebook, orders, file),
      ...lintShape(notebook),
      ...notebook.cells.flatMap((cell) => lintProse(cell, `/notebooks/${slug}`, site)),
      ...notebook.cells.flatMap((cell) => lintVaries(cell, apis)),
    ];
    return problems.sort((a, b) => a.line - b.line).map((each) => ({ file, ...each }));
  });
}

type Found = Omit<GuideProblem, "file">;

/** `orders`: the places that are taken, by the files that have them. */
function lintInfo({ info }: Notebook, orders: Map<number, string>, file: string): Found[] {
  const problems: string[] = [];
  if (!info.description.endsWith("."))
    problems.push("its description is no sentence: it ends without a full stop");
  if (info.order === null) problems.push("has no `order`, its place among the lessons");
  else {
    const other = orders.get(info.order);
    if (other !== undefined) problems.push(`has the order ${info.order}, which ${other} has too`);
    orders.set(info.order, file);
  }
  const names = SCENARIOS.map(({ name }) => name);
  if (info.scenario === null) problems.push("names no `scenario`: the sandbox would be as others left it");
  else if (!names.includes(info.scenario)) {
    problems.push(`there is no scenario ${info.scenario}; there are ${names.join(", ")}`);
  }
  return problems.map((problem) => ({ line: 1, problem }));
}

function lintShape({ cells }: Notebook): Found[] {
  const checks = cells.filter(({ kind }) => kind === "check").length;
  const headings = headingsOf(cells);
  const seen = new Set<string>();
  return [
    ...(checks < FEWEST_CHECKS
      ? [{ line: 1, problem: `has ${checks} checks, fewer than ${FEWEST_CHECKS}` }]
      : []),
    ...(cells[0]?.kind === "prose"
      ? []
      : [{ line: 1, problem: "begins without a word on what it is about" }]),
    ...(headings.at(-1)?.text === "What next"
      ? []
      : [{ line: 1, problem: "does not end with `## What next`" }]),
    ...headings.flatMap(({ text, depth, line }) => {
      const twice = seen.has(headingId(text));
      seen.add(headingId(text));
      if (twice)
        return [{ line, problem: `the heading ${text} is there twice: links cannot tell them apart` }];
      if (depth === 2 || depth === 3) return [];
      return [
        { line, problem: `the heading ${text} has ${depth} signs: the title is above, so 2 or 3 are left` },
      ];
    }),
  ];
}

function lintProse(cell: Cell, path: string, site: Pick<SiteFacts, "pages" | "isName">): Found[] {
  if (cell.kind !== "prose") return [];
  const text = withoutCode(cell.text);
  const at = (index: number, problem: string) => ({ line: lineAt(cell, index), problem });
  return [
    ...[...text.matchAll(/\]\(([^)\s]*)\)/g)].flatMap(({ 1: href = "", index }) => {
      const problem = linkProblem(href, path, site);
      return problem === null ? [] : [at(index, problem)];
    }),
    ...[...text.matchAll(/\[([^\][]*)\]\[([\w.]*)\]/g)].flatMap(({ 1: label = "", 2: name = "", index }) =>
      site.isName(name || label)
        ? []
        : [at(index, `refers to ${name || label}, which is not in the reference`)],
    ),
  ];
}

/** Fields that are said to vary and are in no message of the reply: they were written otherwise. */
function lintVaries(cell: Cell, apis: NotebookApis): Found[] {
  if (cell.kind !== "call" && cell.kind !== "wait") return [];
  const output = apis.methodOf(cell.method.text)?.method.output;
  if (output === undefined) return [];
  const names = [...fieldNames(output)];
  return cell.varies
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearestName(name, names);
      const meant = near === null ? "" : `; did you mean \`${near}\`?`;
      return { line: cell.place.line, problem: `varies="${name}" is no field of the reply${meant}` };
    });
}

function fieldNames(
  message: DescMessage,
  seen = new Set<DescMessage>(),
  names = new Set<string>(),
): Set<string> {
  if (seen.has(message)) return names;
  seen.add(message);
  for (const field of message.fields) {
    names.add(field.name);
    if (field.message !== undefined) fieldNames(field.message, seen, names);
  }
  return names;
}

function headingsOf(
  cells: readonly Cell[],
): { readonly text: string; readonly depth: number; readonly line: number }[] {
  return cells.flatMap((cell) => {
    if (cell.kind !== "prose") return [];
    return [...withoutCode(cell.text).matchAll(HEADING)].map(({ 1: signs = "", 2: text = "", index }) => ({
      text,
      depth: signs.length,
      line: lineAt(cell, index),
    }));
  });
}

/** With spaces where code was, so that every place stays. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) => code.replace(/[^\n]/g, " "));
}

function lineAt(cell: Extract<Cell, { kind: "prose" }>, index: number): number {
  return cell.place.line + cell.text.slice(0, index).split("\n").length - 1;
}
