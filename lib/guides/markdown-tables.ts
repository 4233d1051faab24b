import type {
  AlignType,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
  TableCell,
  TableRow,
} from "mdast";

const RULE_CELL = /^\s*(:?)-+(:?)\s*$/;

/**
 * A remark plugin: tables written with pipes, as on GitHub, become tables of the tree. Every line begins and ends with
 * a pipe, and the second one is the rule under the head. Cells may hold code and links, but no pipe outside of code.
 */
export function markdownTables() {
  return (tree: Root): void => replaceTables(tree);
}

function replaceTables(parent: { children: RootContent[] }): void {
  parent.children.forEach((node, index) => {
    if (node.type === "paragraph") {
      const table = readTable(node);
      if (table !== null) parent.children[index] = table;
    } else if ("children" in node && node.type !== "heading") {
      replaceTables(node as { children: RootContent[] });
    }
  });
}

function readTable(paragraph: Paragraph): Table | null {
  const first = paragraph.children[0];
  if (first?.type !== "text" || !first.value.startsWith("|")) return null;
  const [head, rule, ...body] = splitLines(paragraph.children).map(splitCells);
  const align = rule?.map(readAlign);
  if (head === undefined || align === undefined || align.includes(undefined)) return null;
  const wrong = [head, ...body].find((row) => row.length !== align.length);
  if (wrong !== undefined) {
    const line = paragraph.position?.start.line ?? 0;
    throw new Error(`the table of line ${line} has rows of ${align.length} and of ${wrong.length} cells`);
  }
  return { type: "table", align: align as AlignType[], children: [head, ...body].map(tableRow) };
}

function readAlign(cell: readonly PhrasingContent[]): AlignType | undefined {
  const [only, ...more] = cell;
  const match = only?.type === "text" && more.length === 0 ? RULE_CELL.exec(only.value) : null;
  if (match === null) return undefined;
  const [, left, right] = match;
  return right === ":" ? (left === ":" ? "center" : "right") : left === ":" ? "left" : null;
}

function tableRow(cells: readonly PhrasingContent[][]): TableRow {
  return {
    type: "tableRow",
    children: cells.map((children): TableCell => ({ type: "tableCell", children: trim(children) })),
  };
}

function splitLines(children: readonly PhrasingContent[]): PhrasingContent[][] {
  return splitText(children, "\n");
}

/** The cells between the pipes of a line, without what is before the first and after the last one. */
function splitCells(line: readonly PhrasingContent[]): PhrasingContent[][] {
  return splitText(line, "|").slice(1, -1);
}

function splitText(children: readonly PhrasingContent[], separator: string): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [[]];
  for (const child of children) {
    if (child.type === "text") {
      child.value.split(separator).forEach((value, n) => {
        if (n > 0) parts.push([]);
        if (value !== "") parts.at(-1)?.push({ type: "text", value });
      });
    } else {
      parts.at(-1)?.push(child);
    }
  }
  return parts;
}

function trim(cell: PhrasingContent[]): PhrasingContent[] {
  return cell.flatMap((node, n): PhrasingContent[] => {
    if (node.type !== "text") return [node];
    const start = n === 0 ? node.value.trimStart() : node.value;
    const value = n === cell.length - 1 ? start.trimEnd() : start;
    return value === "" ? [] : [{ ...node, value }];
  });
}
