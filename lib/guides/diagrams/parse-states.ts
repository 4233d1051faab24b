import { DiagramError } from "./drawing.ts";

export interface StateNode {
  readonly id: string;
  readonly name: string;
  /** Its constant in the API. */
  readonly code: string | null;
  /** Column and row, from 1, in a wide column and on a phone. */
  readonly wide: Cell;
  readonly narrow: Cell;
  readonly look: "plain" | "start" | "end";
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

export interface StateArrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Which way it leaves first where it has to turn; null where the layout is to decide. In a wide column and on a phone. */
  readonly wide: Way | null;
  readonly narrow: Way | null;
  readonly dashed: boolean;
  /** It leads back too. */
  readonly both: boolean;
}

export type Way = (typeof WAYS)[number];
const WAYS = ["down", "up", "left", "right"] as const;

export interface StateGraph {
  readonly nodes: readonly StateNode[];
  readonly arrows: readonly StateArrow[];
}

const ARROW = /^([\w-]+)\s*(<?--?>)\s*([\w-]+)\s*(?:\[([\w/-]+)\])?\s*(?::\s*(.*))?$/;
const NODE = /^([\w-]+):\s*(.+?)\s*@\s*(\d+),(\d+)(?:\s*\/\s*(\d+),(\d+))?\s*(?:\[(\w+)\])?$/;

/**
 * Reads a graph of states, one thing to a line:
 *
 *     # what is not drawn
 *     open: Open | OPEN @ 2,1 / 1,3 [start]   id: name | constant @ column,row / column,row on a phone [start or end]
 *     open -> closed: closed by you       an arrow; --> is dashed, <-> leads back too
 *     open -> closed [down/left]: …       which way it leaves first, in a wide column and on a phone
 *
 * Throws `DiagramError` for what it cannot read.
 */
export function parseStates(text: string): StateGraph {
  const nodes: StateNode[] = [];
  const arrows: StateArrow[] = [];
  const ends: { readonly id: string; readonly line: number }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const arrow = ARROW.exec(line);
    if (arrow !== null) {
      const [, from = "", dashes = "", to = "", way, label = ""] = arrow;
      const [wide = null, narrow = null] = readWays(way, index + 1);
      arrows.push({
        from,
        to,
        label,
        wide,
        narrow,
        dashed: dashes.endsWith("-->"),
        both: dashes.startsWith("<"),
      });
      ends.push({ id: from, line: index + 1 }, { id: to, line: index + 1 });
      continue;
    }
    const node = NODE.exec(line);
    if (node === null) throw new DiagramError(index + 1, `neither a state nor an arrow: ${line}`);
    const [, id = "", title = "", column, row, narrowColumn, narrowRow, look] = node;
    if (nodes.some((other) => other.id === id)) throw new DiagramError(index + 1, `${id} is there twice`);
    if (look !== undefined && look !== "start" && look !== "end")
      throw new DiagramError(index + 1, `${look} is neither start nor end`);
    const [name = "", code = null] = title.split("|").map((part) => part.trim());
    const wide = { column: Number(column), row: Number(row) };
    const narrow =
      narrowColumn === undefined ? wide : { column: Number(narrowColumn), row: Number(narrowRow) };
    nodes.push({ id, name, code, wide, narrow, look: look ?? "plain" });
  }
  const known = new Set(nodes.map(({ id }) => id));
  for (const { id, line } of ends)
    if (!known.has(id)) throw new DiagramError(line, `no state is called ${id}`);
  return { nodes, arrows };
}

/** `left` for both, `left/down` for a wide column and a phone; `-` leaves it to the layout. */
function readWays(text: string | undefined, line: number): (Way | null)[] {
  const ways = (text ?? "-").split("/").map((word) => {
    if (word !== "-" && !isWay(word)) throw new DiagramError(line, `${word} is no way: ${WAYS.join(", ")}`);
    return word === "-" ? null : word;
  });
  return ways.length === 1 ? [...ways, ...ways] : ways;
}

function isWay(word: string): word is Way {
  return (WAYS as readonly string[]).includes(word);
}
