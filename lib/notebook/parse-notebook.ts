import type { Nodes, RootContent } from "mdast";
import { nearestName } from "../schema/nearest-name.ts";
import { positionAt } from "../schema/problem.ts";
import { Component, placeOf, type Report } from "./component.ts";
import { readFrontMatter } from "./front-matter.ts";
import { parseMarkdown } from "./markdown.ts";
import { overMarkdownLimit } from "./markdown-limits.ts";
import {
  type Cell,
  capturedName,
  type Notebook,
  type NotebookProblem,
  type NotebookReading,
  type Place,
} from "./notebook.ts";
import { COMPONENTS, type ComponentCell } from "./read-cell.ts";

/** The longest text that is read as a notebook, in UTF-16 units: 1 MiB. */
export const MAX_NOTEBOOK_LENGTH = 1 << 20;

const ID = /^[A-Za-z][\w-]*$/;
/** Where a link may lead: another page of this site, a place on this one, or https. */
const LINK = /^(?:https:\/\/|\/(?!\/)|#)/;
const BRACES =
  "braces hold JavaScript in MDX, which a notebook does not run: write `\\{` for a brace, or use code";
const PLACEHOLDER_IN_PROSE =
  "`{{…}}` is filled in where a request has it, not in prose: an <Expression> shows what it comes to";
const ESM = /^(?:import|export)\s/;

/**
 * Reads a text as a notebook: front matter, prose, and a fixed set of components. Imports, expressions in braces, HTML and
 * unknown components are problems, each with its place; nothing of the text is ever run as JavaScript. Whether its methods
 * and names exist is looked at by `checkNotebook`.
 */
export function parseNotebook(source: string): NotebookReading {
  if (source.length > MAX_NOTEBOOK_LENGTH) {
    const message = `a notebook is at most ${MAX_NOTEBOOK_LENGTH} characters long; this has ${source.length}`;
    return { kind: "problems", problems: [{ line: 1, column: 1, offset: 0, length: 0, message }] };
  }
  const front = readFrontMatter(source);
  if (front.kind === "problems") return front;
  const problems: NotebookProblem[] = [];
  const report: Report = ({ start, end, line, column }, message) =>
    problems.push({ line, column, offset: start, length: end - start, message });

  // The front matter becomes blank, so that every place in the tree is one in the source.
  const head = source.slice(0, front.length);
  const body = head.replaceAll(/[^\r\n]/g, " ") + source.slice(front.length);
  const costly = overMarkdownLimit(body);
  if (costly !== null) return { kind: "problems", problems: [costly] };
  let cells: ReadCell[];
  try {
    cells = readCells(source, parseMarkdown(body).children, report);
  } catch (thrown) {
    return { kind: "problems", problems: [syntaxProblem(source, thrown)] };
  }
  nameCells(cells, report);
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "ok", notebook: { source, info: front.info, cells: cells.map(({ cell }) => cell) } };
}

interface ReadCell {
  cell: Cell;
  /** The id that it gives itself, and where. */
  readonly id: { readonly text: string; readonly place: Place } | null;
}

function readCells(source: string, nodes: readonly RootContent[], report: Report): ReadCell[] {
  const cells: ReadCell[] = [];
  let prose: Place | null = null;
  const endProse = () => {
    if (prose === null) return;
    const text = source.slice(prose.start, prose.end);
    cells.push({ cell: { kind: "prose", id: "", place: prose, text }, id: null });
    prose = null;
  };
  for (const node of nodes) {
    const place = placeOf(node.position);
    if (node.type !== "mdxJsxFlowElement") {
      checkProse(source, node, report);
      prose = prose === null ? place : { ...(prose as Place), end: place.end };
      continue;
    }
    endProse();
    const read = Object.hasOwn(COMPONENTS, node.name ?? "")
      ? COMPONENTS[node.name as keyof typeof COMPONENTS]
      : undefined;
    if (read === undefined) {
      report(place, unknownComponent(node.name));
      continue;
    }
    const component = new Component(source, node, place, report);
    const id = component.optional("id");
    const cell: ComponentCell = read(component);
    component.finish();
    cells.push({ cell, id });
  }
  endProse();
  return cells;
}

/** Gives each cell its id: its own, else its capture's, else kind and number. Two of one name are a problem. */
function nameCells(cells: ReadCell[], report: Report): void {
  const taken = new Map<string, number>();
  const captured = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const each of cells) {
    const { cell, id } = each;
    const number = (numbers.get(cell.kind) ?? 0) + 1;
    numbers.set(cell.kind, number);
    if (id !== null && !ID.test(id.text)) {
      report(id.place, `id="${id.text}" begins with a letter; letters, digits, _ and - follow`);
    }
    const name = id?.text ?? capturedName(cell) ?? `${cell.kind}-${number}`;
    const before = taken.get(name);
    const capture = capturedName(cell);
    const twice = capture === null || capture === "" ? undefined : captured.get(capture);
    if (twice !== undefined) {
      report(
        cell.place,
        `\`${capture}\` is already captured by the cell on line ${twice}: take another name`,
      );
    } else if (before !== undefined) {
      report(
        id?.place ?? cell.place,
        `\`${name}\` is already the name of the cell on line ${before}: take another`,
      );
    }
    taken.set(name, cell.place.line);
    if (capture !== null) captured.set(capture, cell.place.line);
    each.cell = { ...cell, id: name };
  }
}

/** Reports what prose may not hold: HTML, components, braces, images, and links that lead elsewhere than they may. */
function checkProse(source: string, node: Nodes, report: Report): void {
  const place = placeOf(node.position);
  switch (node.type) {
    case "mdxFlowExpression":
    case "mdxTextExpression":
      report(place, source.startsWith("{{", place.start) ? PLACEHOLDER_IN_PROSE : BRACES);
      return;
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      if (node.name !== null && Object.hasOwn(COMPONENTS, node.name)) {
        report(
          place,
          `<${node.name}> stands by itself: with an empty line before and after it, outside of text and lists`,
        );
      } else report(place, unknownComponent(node.name));
      return;
    case "paragraph":
      if (ESM.test(source.slice(place.start, place.end))) {
        report(place, "a notebook has no imports or exports: its components are given");
        return;
      }
      break;
    case "image":
    case "imageReference":
      report(place, "a notebook shows no images: they would come from elsewhere");
      return;
    case "link":
    case "definition":
      if (!LINK.test(node.url)) {
        report(
          place,
          `a link leads to https://…, to a page of this site (/…) or to a place here (#…), not to \`${node.url}\``,
        );
      }
      break;
    default:
      break;
  }
  if ("children" in node) for (const child of node.children) checkProse(source, child, report);
}

function unknownComponent(name: string | null | undefined): string {
  if (/^[a-z]/.test(name ?? ""))
    return `<${name}> is HTML, which a notebook does not hold: write it in Markdown`;
  const names = Object.keys(COMPONENTS);
  const near = nearestName(name ?? "", names);
  const meant = near === null ? "" : `did you mean <${near}>? `;
  const list = names.map((each) => `<${each}>`).join(", ");
  return `<${name ?? ""}> is no component of a notebook; ${meant}It knows ${list}`;
}

/** What the Markdown parser threw: a component that is not closed, a brace that is not. */
function syntaxProblem(source: string, thrown: unknown): NotebookProblem {
  const {
    reason,
    place,
    message: whole,
  } = thrown as {
    readonly reason?: string;
    readonly message: string;
    readonly place?: { readonly offset?: number } | { readonly start?: { readonly offset?: number } };
  };
  const point =
    place === undefined ? undefined : "start" in place ? place.start : (place as { offset?: number });
  const said = reason ?? whole;
  const named = /\((\d+):(\d+)-/.exec(said);
  const at = point?.offset ?? offsetOf(source, Number(named?.[1] ?? 1), Number(named?.[2] ?? 1));
  const { offset, message } = explainSyntax(source, said, at);
  return { ...positionAt(source, offset), offset, length: 0, message };
}

/** What the parser says of a text that ends too early is told where it began. */
function explainSyntax(source: string, said: string, at: number): { offset: number; message: string } {
  const [, open] = /^Expected a closing tag for `(<\w*>)`/.exec(said) ?? [];
  if (open !== undefined) {
    const message = `${open} is not closed: ${open.replace("<", "</")} is missing, or the \`\`\` that ends a block before it`;
    return { offset: at, message };
  }
  const [, closing, other, line] =
    /^Unexpected closing tag `(<\/\w*>)`, expected corresponding closing tag for `(<\w*>)` \((\d+):/.exec(
      said,
    ) ?? [];
  if (closing !== undefined) {
    return { offset: at, message: `${closing} closes nothing: ${other} of line ${line} is open here` };
  }
  if (said.startsWith("Unexpected end of file in expression")) {
    return { offset: source.lastIndexOf("{"), message: BRACES };
  }
  if (said.startsWith("Unexpected end of file")) {
    const last = [...source.slice(0, at).matchAll(/^<[A-Z]/gm)].at(-1)?.index ?? at;
    return { offset: last, message: "this component never ends: a quote or its `>` is missing" };
  }
  if (said.includes("before name, expected")) {
    const message =
      "`<` begins a component: for the sign write `\\<`, a link is written `[text](https://…)`, and comments there are none";
    return { offset: source.lastIndexOf("<", at), message };
  }
  return { offset: at, message: said };
}

function offsetOf(source: string, line: number, column: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) at = source.indexOf("\n", at) + 1;
  return at + column - 1;
}

/** The notebook of a text that is known to be one. Throws where it is not. */
export function toNotebook(source: string): Notebook {
  const reading = parseNotebook(source);
  if (reading.kind === "ok") return reading.notebook;
  const [first] = reading.problems;
  throw new Error(`line ${first?.line}, column ${first?.column}: ${first?.message}`);
}
