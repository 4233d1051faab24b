import {
  type Box,
  type Diagram,
  type Drawing,
  type Label,
  LINE,
  linesWidth,
  type Point,
  type Route,
  textWidth,
  wrapText,
} from "./drawing.ts";
import { type Cell, parseStates, type StateArrow, type StateGraph, type StateNode } from "./parse-states.ts";

/** px that a label between two columns, or beside a column, may be wide. */
const LABEL = { wide: 132, narrow: 104 } as const;
const PAD = 8;
/** px between two arrows that run side by side. */
const BESIDE = 22;

/** Draws a graph of states from its description. Throws `DiagramError` for one that cannot be read. */
export function drawStates(text: string): Diagram {
  const graph = parseStates(text);
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  return {
    wide: layout(graph, "wide"),
    narrow: layout(graph, "narrow"),
    words: graph.arrows.map(({ from, to, label }) => {
      const way = from === to ? `${names.get(from)} stays` : `${names.get(from)} → ${names.get(to)}`;
      return label === "" ? way : `${way}: ${label}`;
    }),
  };
}

interface Placed {
  readonly node: StateNode;
  readonly cell: Cell;
  readonly box: Box;
}

type Variant = "wide" | "narrow";

function layout({ nodes, arrows }: StateGraph, variant: Variant): Drawing {
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
  const routed = arrows.flatMap((arrow) => routeArrow(arrow, arrows, placed, variant));
  return fit([
    ...routed.filter(({ kind }) => kind === "route"),
    ...[...placed.values()].map(({ box }) => box),
    ...routed.filter(({ kind }) => kind === "label"),
  ]);
}

function boxSize({ name, code }: StateNode, variant: Variant): Pick<Box, "width" | "height" | "lines"> {
  const lines = wrapText(name, variant === "wide" ? 150 : 110, 13.5);
  const codeWidth = code === null ? 0 : code.length * 6.4;
  const width = Math.ceil(Math.max(linesWidth(lines, 13.5), codeWidth, 56) + 26);
  return { width, height: 18 + lines.length * 18 + (code === null ? 0 : 14), lines };
}

/** How far apart columns and rows stand: room for the labels of the arrows between them. */
function roomForLabels(
  arrows: readonly StateArrow[],
  cells: ReadonlyMap<string, Cell>,
  columnCount: number,
  rowCount: number,
  variant: Variant,
) {
  const columns = Array.from({ length: columnCount }, () => 36);
  const rows = Array.from({ length: rowCount }, () => 40);
  for (const { from, to, label } of arrows) {
    const a = cells.get(from);
    const b = cells.get(to);
    if (a === undefined || b === undefined) continue;
    const lines = wrapText(label, LABEL[variant]);
    if (a.row === b.row && Math.abs(a.column - b.column) === 1) {
      const at = Math.min(a.column, b.column) - 1;
      columns[at] = Math.max(columns[at] ?? 0, linesWidth(lines) + 32);
    } else if (a.column === b.column && Math.abs(a.row - b.row) === 1) {
      const at = Math.min(a.row, b.row) - 1;
      rows[at] = Math.max(rows[at] ?? 0, lines.length * LINE + 28);
      columns[a.column - 1] = Math.max(columns[a.column - 1] ?? 0, linesWidth(lines) - 20);
    }
  }
  return { columns, rows };
}

function routeArrow(
  arrow: StateArrow,
  all: readonly StateArrow[],
  placed: ReadonlyMap<string, Placed>,
  variant: Variant,
): (Route | Label)[] {
  const from = placed.get(arrow.from);
  const to = placed.get(arrow.to);
  if (from === undefined || to === undefined) return [];
  const lines = wrapText(arrow.label, LABEL[variant]);
  const route = (points: readonly Point[]): Route => ({ kind: "route", points, dashed: arrow.dashed });
  const label = (x: number, y: number, anchor: Label["anchor"]): Label => ({
    kind: "label",
    x,
    y,
    anchor,
    lines,
  });
  const a = middle(from.box);
  const b = middle(to.box);
  if (from === to) {
    const right = from.box.x + from.box.width;
    return [
      route([
        { x: right, y: a.y - 8 },
        { x: right + 22, y: a.y - 8 },
        { x: right + 22, y: a.y + 10 },
        { x: right, y: a.y + 10 },
      ]),
      label(right + 30, a.y + 5 - ((lines.length - 1) * LINE) / 2, "start"),
    ];
  }
  const shift = offsetOf(arrow, all);
  if (
    from.cell.row === to.cell.row &&
    Math.abs(from.cell.column - to.cell.column) === 1 &&
    arrow.way === null
  ) {
    const forward = to.cell.column > from.cell.column;
    const y = a.y + shift * 0.8;
    const x1 = forward ? from.box.x + from.box.width : from.box.x;
    const x2 = forward ? to.box.x : to.box.x + to.box.width;
    const labelY = shift > 0 ? y + LINE : y - 7 - (lines.length - 1) * LINE;
    return [
      route([
        { x: x1, y },
        { x: x2, y },
      ]),
      label((x1 + x2) / 2, labelY, "middle"),
    ];
  }
  if (
    from.cell.column === to.cell.column &&
    Math.abs(from.cell.row - to.cell.row) === 1 &&
    arrow.way === null
  ) {
    const down = to.cell.row > from.cell.row;
    const x = a.x + shift;
    const y1 = down ? from.box.y + from.box.height : from.box.y;
    const y2 = down ? to.box.y : to.box.y + to.box.height;
    const labelY = (y1 + y2) / 2 + 4 - ((lines.length - 1) * LINE) / 2;
    return [
      route([
        { x, y: y1 },
        { x, y: y2 },
      ]),
      shift < 0 ? label(x - 9, labelY, "end") : label(x + 9, labelY, "start"),
    ];
  }
  return routeWithTurns(arrow, from, to, a, b, lines, route, label);
}

/** An arrow that turns: along one side where both stand in a line, else once. */
function routeWithTurns(
  { way }: StateArrow,
  from: Placed,
  to: Placed,
  a: Point,
  b: Point,
  lines: readonly string[],
  route: (points: readonly Point[]) => Route,
  label: (x: number, y: number, anchor: Label["anchor"]) => Label,
): (Route | Label)[] {
  const up = (lines.length - 1) * LINE;
  if (
    from.cell.column === to.cell.column ||
    ((way === "left" || way === "right") && sideways(way, a, b) === false)
  ) {
    const left = way === "left";
    const edge = left
      ? Math.min(from.box.x, to.box.x) - 20
      : Math.max(from.box.x + from.box.width, to.box.x + to.box.width) + 20;
    const x1 = left ? from.box.x : from.box.x + from.box.width;
    const x2 = left ? to.box.x : to.box.x + to.box.width;
    const labelY = (a.y + b.y) / 2 + 4 - up / 2;
    return [
      route([
        { x: x1, y: a.y },
        { x: edge, y: a.y },
        { x: edge, y: b.y },
        { x: x2, y: b.y },
      ]),
      left ? label(edge - 8, labelY, "end") : label(edge + 8, labelY, "start"),
    ];
  }
  if (from.cell.row === to.cell.row) {
    const above = way === "up";
    const edge = above
      ? Math.min(from.box.y, to.box.y) - 22
      : Math.max(from.box.y + from.box.height, to.box.y + to.box.height) + 22;
    const y1 = above ? from.box.y : from.box.y + from.box.height;
    const y2 = above ? to.box.y : to.box.y + to.box.height;
    return [
      route([
        { x: a.x, y: y1 },
        { x: a.x, y: edge },
        { x: b.x, y: edge },
        { x: b.x, y: y2 },
      ]),
      label((a.x + b.x) / 2, above ? edge - 7 - up : edge + LINE, "middle"),
    ];
  }
  if (way === "down" || way === "up") {
    const y1 = b.y > a.y ? from.box.y + from.box.height : from.box.y;
    const x2 = b.x > a.x ? to.box.x : to.box.x + to.box.width;
    return [
      route([
        { x: a.x, y: y1 },
        { x: a.x, y: b.y },
        { x: x2, y: b.y },
      ]),
      label((a.x + x2) / 2, b.y - 7 - up, "middle"),
    ];
  }
  const x1 = b.x > a.x ? from.box.x + from.box.width : from.box.x;
  const y2 = b.y > a.y ? to.box.y : to.box.y + to.box.height;
  return [
    route([
      { x: x1, y: a.y },
      { x: b.x, y: a.y },
      { x: b.x, y: y2 },
    ]),
    b.x > a.x
      ? label(b.x - 8, (a.y + y2) / 2 + 4 - up / 2, "end")
      : label(b.x + 8, (a.y + y2) / 2 + 4 - up / 2, "start"),
  ];
}

/** Whether going this way first leads towards the other. */
function sideways(way: "left" | "right", a: Point, b: Point): boolean {
  return way === "left" ? b.x < a.x : b.x > a.x;
}

/** Beside an arrow that runs between the same two states, half of `BESIDE` to either side. */
function offsetOf(arrow: StateArrow, all: readonly StateArrow[]): number {
  const twin = all.findIndex(({ from, to, way }) => way === null && from === arrow.to && to === arrow.from);
  if (twin === -1) return 0;
  return all.indexOf(arrow) < twin ? -BESIDE / 2 : BESIDE / 2;
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

function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
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
