import {
  type Box,
  type Diagram,
  type Drawing,
  type Label,
  LINE,
  linesWidth,
  type Route,
  textWidth,
  wrapText,
} from "./drawing.ts";
import { type Cell, parseStates, type StateGraph, type StateNode } from "./parse-states.ts";
import { isStraight, type Placed, routeArrows, type WayArrow } from "./route-arrows.ts";

/** px that a label may be wide, between two columns (`across`) and beside one (`down`). */
const LABEL = { wide: { across: 132, down: 150 }, narrow: { across: 72, down: 104 } } as const;
const PAD = 6;

/** Draws a graph of states from its description. Throws `DiagramError` for one that cannot be read. */
export function drawStates(text: string): Diagram {
  const graph = parseStates(text);
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  return {
    wide: layout(graph, "wide"),
    narrow: layout(graph, "narrow"),
    words: graph.arrows.map(({ from, to, label, both }) => {
      const way = `${names.get(from)} ${both ? "↔" : "→"} ${names.get(to)}`;
      return label === "" ? way : `${way}: ${label}`;
    }),
  };
}

type Variant = "wide" | "narrow";

function layout({ nodes, arrows: all }: StateGraph, variant: Variant): Drawing {
  const arrows = all.map((arrow) => ({ ...arrow, way: arrow[variant] }));
  const boxes = nodes.map((node) => ({ node, cell: node[variant], size: boxSize(node, variant) }));
  const columns = range(Math.max(...boxes.map(({ cell }) => cell.column)));
  const rows = range(Math.max(...boxes.map(({ cell }) => cell.row)));
  const widths = columns.map((column) =>
    most(boxes.filter(({ cell }) => cell.column === column).map(({ size }) => size.width)),
  );
  const heights = rows.map((row) =>
    most(boxes.filter(({ cell }) => cell.row === row).map(({ size }) => size.height)),
  );
  const cellOf = new Map(boxes.map(({ node, cell }) => [node.id, cell]));
  const room = roomForLabels(arrows, cellOf, columns.length, rows.length, variant);
  const lefts = starts(widths, room.columns);
  const tops = starts(heights, room.rows);
  const placed = new Map<string, Placed>();
  for (const { node, cell, size } of boxes) {
    const x = (lefts[cell.column - 1] ?? 0) + ((widths[cell.column - 1] ?? 0) - size.width) / 2;
    const y = (tops[cell.row - 1] ?? 0) + ((heights[cell.row - 1] ?? 0) - size.height) / 2;
    placed.set(node.id, {
      node,
      cell,
      box: { kind: "box", look: node.look, x, y, ...size, code: node.code },
    });
  }
  const routed = routeArrows(arrows, placed, ({ label }, along, room) =>
    wrapText(label, Math.min(LABEL[variant][along], room)),
  );
  return fit([
    ...routed.filter(({ kind }) => kind === "route"),
    ...[...placed.values()].map(({ box }) => box),
    ...routed.filter(({ kind }) => kind === "label"),
  ]);
}

function boxSize({ name, code }: StateNode, variant: Variant): Pick<Box, "width" | "height" | "lines"> {
  const lines = wrapText(name, variant === "wide" ? 150 : 110, 13.5);
  const codeWidth = code === null ? 0 : code.length * 6.4;
  const width = Math.ceil(Math.max(linesWidth(lines, 13.5), codeWidth, 50) + (variant === "wide" ? 26 : 16));
  return { width, height: 18 + lines.length * 18 + (code === null ? 0 : 14), lines };
}

/** How far apart columns and rows stand: room for the labels of the arrows between them. */
function roomForLabels(
  arrows: readonly WayArrow[],
  cells: ReadonlyMap<string, Cell>,
  columnCount: number,
  rowCount: number,
  variant: Variant,
) {
  const columns: number[] = Array.from({ length: columnCount }, () => (variant === "wide" ? 40 : 24));
  const rows = Array.from({ length: rowCount }, () => 36);
  for (const arrow of arrows) {
    const a = cells.get(arrow.from);
    const b = cells.get(arrow.to);
    if (a === undefined || b === undefined || !isStraight(arrow, cells)) continue;
    if (a.row === b.row) {
      const lines = wrapText(arrow.label, LABEL[variant].across);
      const at = Math.min(a.column, b.column) - 1;
      columns[at] = Math.max(columns[at] ?? 0, linesWidth(lines) + (variant === "wide" ? 32 : 14));
    } else {
      const lines = wrapText(arrow.label, LABEL[variant].down);
      const at = Math.min(a.row, b.row) - 1;
      rows[at] = Math.max(rows[at] ?? 0, lines.length * LINE + 26);
    }
  }
  return { columns, rows };
}

/** Moves all of it so that nothing is left of, or above, the edge. */
function fit(shapes: readonly (Box | Route | Label)[]): Drawing {
  const boxes = shapes.map(bounds);
  const left = Math.min(...boxes.map(({ left }) => left)) - PAD;
  const top = Math.min(...boxes.map(({ top }) => top)) - PAD;
  const right = Math.max(...boxes.map(({ right }) => right)) + PAD;
  const bottom = Math.max(...boxes.map(({ bottom }) => bottom)) + PAD;
  return {
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
    shapes: shapes.map((shape) =>
      shape.kind === "route"
        ? { ...shape, points: shape.points.map(({ x, y }) => ({ x: x - left, y: y - top })) }
        : { ...shape, x: shape.x - left, y: shape.y - top },
    ),
  };
}

function bounds(shape: Box | Route | Label): { left: number; top: number; right: number; bottom: number } {
  if (shape.kind === "box")
    return { left: shape.x, top: shape.y, right: shape.x + shape.width, bottom: shape.y + shape.height };
  if (shape.kind === "route") {
    const xs = shape.points.map(({ x }) => x);
    const ys = shape.points.map(({ y }) => y);
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  }
  const width = Math.max(0, ...shape.lines.map((line) => textWidth(line)));
  const left =
    shape.anchor === "start" ? shape.x : shape.anchor === "end" ? shape.x - width : shape.x - width / 2;
  return {
    left,
    right: left + width,
    top: shape.y - 12,
    bottom: shape.y + (shape.lines.length - 1) * LINE + 4,
  };
}

function starts(sizes: readonly number[], gaps: readonly number[]): number[] {
  let at = 0;
  return sizes.map((size, index) => {
    const start = at;
    at += size + (gaps[index] ?? 0);
    return start;
  });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function most(numbers: readonly number[]): number {
  return Math.max(0, ...numbers);
}
