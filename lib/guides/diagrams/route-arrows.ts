import { type Box, type Label, LINE, type Point, type Route } from "./drawing.ts";
import type { Cell, StateArrow, StateNode, Way } from "./parse-states.ts";

/** A state with its place on the grid and on the drawing. */
export interface Placed {
  readonly node: StateNode;
  readonly cell: Cell;
  readonly box: Box;
}

/** An arrow as it is drawn at one width. */
export interface WayArrow extends StateArrow {
  readonly way: Way | null;
}

/** px from the middle to each of two arrows that run side by side. */
const BESIDE = 11;
/** px that a label stands off its arrow. */
const OFF = 8;

/** Breaks an arrow's label into lines for where it runs, no wider than `room` px. */
type Wrap = (arrow: WayArrow, along: "across" | "down", room: number) => string[];

/** Where one arrow runs and where its words stand. */
interface Course {
  readonly points: readonly Point[];
  readonly label: Omit<Label, "kind" | "lines">;
}

/** Draws every arrow and its label. */
export function routeArrows(
  arrows: readonly WayArrow[],
  placed: ReadonlyMap<string, Placed>,
  wrap: Wrap,
): (Route | Label)[] {
  const cells = new Map([...placed].map(([id, { cell }]) => [id, cell]));
  /** How many arrows go around each column or row already, so that the next one goes further out. */
  const around = new Map<string, number>();
  return arrows.flatMap((arrow): (Route | Label)[] => {
    const from = placed.get(arrow.from);
    const to = placed.get(arrow.to);
    if (from === undefined || to === undefined) return [];
    const across = from.cell.row === to.cell.row && from !== to;
    const bent =
      !across && from.cell.column !== to.cell.column && (arrow.way === "down" || arrow.way === "up");
    const room = bent
      ? Math.abs(bendFrom(from.box, to.box) - sideOf(from.box, to.box)) - OFF
      : Number.POSITIVE_INFINITY;
    const lines = wrap(arrow, across || bent ? "across" : "down", room);
    const height = (lines.length - 1) * LINE;
    const course =
      from === to
        ? loop(from.box, height)
        : isStraight(arrow, cells)
          ? straight(from, to, twinOffset(arrow, arrows), height)
          : from.cell.column === to.cell.column
            ? beside(from, to, arrow.way === "left", next(around, `${arrow.way} ${from.cell.column}`), height)
            : across
              ? overOrUnder(
                  from,
                  to,
                  arrow.way === "up",
                  next(around, `${arrow.way} ${from.cell.row}`),
                  height,
                )
              : bend(from.box, to.box, bent, height);
    const { points, label } = course;
    const route: Route = { kind: "route", points, dashed: arrow.dashed, both: arrow.both };
    return lines.length === 0 ? [route] : [route, { kind: "label", ...label, lines }];
  });
}

/** Whether an arrow runs straight: in a row or a column, with nothing in between, and no way is asked for. */
export function isStraight({ from, to, way }: WayArrow, cells: ReadonlyMap<string, Cell>): boolean {
  const a = cells.get(from);
  const b = cells.get(to);
  if (way !== null || a === undefined || b === undefined || from === to) return false;
  if (a.row !== b.row && a.column !== b.column) return false;
  return ![...cells.values()].some(
    ({ column, row }) =>
      isBetween(column, a.column, b.column) &&
      isBetween(row, a.row, b.row) &&
      !(column === a.column && row === a.row) &&
      !(column === b.column && row === b.row),
  );
}

function straight(from: Placed, to: Placed, offset: number, height: number): Course {
  const a = middle(from.box);
  const b = middle(to.box);
  if (from.cell.row === to.cell.row) {
    const y = a.y + offset * 0.8;
    const x1 = b.x > a.x ? right(from.box) : from.box.x;
    const x2 = b.x > a.x ? to.box.x : right(to.box);
    const labelY = offset > 0 ? y + LINE : y - OFF - height;
    return {
      points: [
        { x: x1, y },
        { x: x2, y },
      ],
      label: { x: (x1 + x2) / 2, y: labelY, anchor: "middle" },
    };
  }
  const x = a.x + offset;
  const y1 = b.y > a.y ? bottom(from.box) : from.box.y;
  const y2 = b.y > a.y ? to.box.y : bottom(to.box);
  // A long arrow says what it is near its end: what bends off beside its beginning has room there.
  const long = Math.abs(from.cell.row - to.cell.row) > 1;
  const labelY = long ? y2 + Math.sign(y1 - y2) * (height / 2 + 20) : (y1 + y2) / 2;
  return {
    points: [
      { x, y: y1 },
      { x, y: y2 },
    ],
    label: besideLine(x, labelY, offset < 0, height),
  };
}

/** Out of one side, along the column, and into the same side. */
function beside(from: Placed, to: Placed, left: boolean, lane: number, height: number): Course {
  const a = middle(from.box);
  const b = middle(to.box);
  const out = 20 + 16 * lane;
  const x = left ? Math.min(from.box.x, to.box.x) - out : Math.max(right(from.box), right(to.box)) + out;
  const x1 = left ? from.box.x : right(from.box);
  const x2 = left ? to.box.x : right(to.box);
  return {
    points: [
      { x: x1, y: a.y },
      { x, y: a.y },
      { x, y: b.y },
      { x: x2, y: b.y },
    ],
    label: besideLine(x, (a.y + b.y) / 2, left, height),
  };
}

/** Out of the top or the bottom, along the row, and into the same side. */
function overOrUnder(from: Placed, to: Placed, over: boolean, lane: number, height: number): Course {
  const a = middle(from.box);
  const b = middle(to.box);
  const out = 22 + 16 * lane;
  const y = over ? Math.min(from.box.y, to.box.y) - out : Math.max(bottom(from.box), bottom(to.box)) + out;
  const y1 = over ? from.box.y : bottom(from.box);
  const y2 = over ? to.box.y : bottom(to.box);
  return {
    points: [
      { x: a.x, y: y1 },
      { x: a.x, y },
      { x: b.x, y },
      { x: b.x, y: y2 },
    ],
    label: { x: (a.x + b.x) / 2, y: over ? y - OFF - height : y + LINE, anchor: "middle" },
  };
}

/** Around one corner. Downwards first it leaves nearer to where it goes, beside what runs straight down. */
function bend(from: Box, to: Box, vertical: boolean, height: number): Course {
  const a = middle(from);
  const b = middle(to);
  const ahead = b.x > a.x;
  if (vertical) {
    const x = bendFrom(from, to);
    const y1 = b.y > a.y ? bottom(from) : from.y;
    const x2 = sideOf(from, to);
    return {
      points: [
        { x, y: y1 },
        { x, y: b.y },
        { x: x2, y: b.y },
      ],
      label: { x: (x + x2) / 2, y: b.y - OFF - height, anchor: "middle" },
    };
  }
  const x1 = ahead ? right(from) : from.x;
  const y2 = b.y > a.y ? to.y : bottom(to);
  return {
    points: [
      { x: x1, y: a.y },
      { x: b.x, y: a.y },
      { x: b.x, y: y2 },
    ],
    label: besideLine(b.x, (a.y + y2) / 2, !ahead, height),
  };
}

/** Where an arrow leaves that goes up or down before it turns. */
function bendFrom(from: Box, to: Box): number {
  const a = middle(from).x;
  return a + (Math.sign(middle(to).x - a) * from.width) / 4;
}

/** The side of `to` that `from` is on. */
function sideOf(from: Box, to: Box): number {
  return middle(to).x > middle(from).x ? to.x : right(to);
}

function loop(box: Box, height: number): Course {
  const { y } = middle(box);
  const x = right(box);
  return {
    points: [
      { x, y: y - 9 },
      { x: x + 24, y: y - 9 },
      { x: x + 24, y: y + 9 },
      { x, y: y + 9 },
    ],
    label: besideLine(x + 24, y, false, height),
  };
}

function besideLine(x: number, y: number, left: boolean, height: number): Course["label"] {
  return { x: left ? x - OFF : x + OFF, y: y + 4 - height / 2, anchor: left ? "end" : "start" };
}

/** Off the middle where another arrow leads straight back. */
function twinOffset(arrow: WayArrow, all: readonly WayArrow[]): number {
  const twin = all.findIndex(({ from, to, way }) => way === null && from === arrow.to && to === arrow.from);
  if (twin === -1) return 0;
  return all.indexOf(arrow) < twin ? -BESIDE : BESIDE;
}

function next(counts: Map<string, number>, key: string): number {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}

function isBetween(value: number, a: number, b: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b);
}

function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function right({ x, width }: Box): number {
  return x + width;
}

function bottom({ y, height }: Box): number {
  return y + height;
}
