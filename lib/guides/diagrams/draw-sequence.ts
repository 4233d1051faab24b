import {
  type Diagram,
  DiagramError,
  type Drawing,
  LINE,
  linesWidth,
  type Shape,
  textWidth,
  wrapText,
} from "./drawing.ts";

interface Party {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
}

type Step =
  | {
      readonly kind: "message";
      readonly from: string;
      readonly to: string;
      readonly text: string;
      readonly dashed: boolean;
    }
  /** What happens at one party, or between several. */
  | { readonly kind: "note"; readonly over: readonly string[]; readonly text: string };

interface Sequence {
  readonly parties: readonly Party[];
  readonly steps: readonly Step[];
}

const MESSAGE = /^([\w-]+)\s*(--?>)\s*([\w-]+)\s*:\s*(.+)$/;
const NOTE = /^note\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*:\s*(.+)$/;
const PARTY = /^([\w-]+):\s*(.+)$/;

/**
 * Draws a sequence from its description, one thing to a line, in the order of time:
 *
 *     you: Your node | poold        id: name | small print
 *     you -> auctioneer: text       a message; --> is dashed, an answer
 *     note you: text                what happens there; `note you, auctioneer` reaches over both
 *
 * Throws `DiagramError` for what it cannot read.
 */
export function drawSequence(text: string): Diagram {
  const sequence = parseSequence(text);
  const names = new Map(sequence.parties.map(({ id, name }) => [id, name]));
  return {
    wide: layout(sequence, 660),
    narrow: layout(sequence, 346),
    words: sequence.steps.map((step) =>
      step.kind === "note"
        ? `${step.over.map((id) => names.get(id)).join(", ")}: ${step.text}`
        : `${names.get(step.from)} → ${names.get(step.to)}: ${step.text}`,
    ),
  };
}

function parseSequence(text: string): Sequence {
  const parties: Party[] = [];
  const steps: Step[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const known = (id: string): string => {
      if (parties.some((party) => party.id === id)) return id;
      throw new DiagramError(index + 1, `nobody is called ${id}`);
    };
    const message = MESSAGE.exec(line);
    const note = NOTE.exec(line);
    const party = PARTY.exec(line);
    if (message !== null) {
      const [, from = "", dashes, to = "", said = ""] = message;
      steps.push({ kind: "message", from: known(from), to: known(to), text: said, dashed: dashes === "-->" });
    } else if (note !== null) {
      const [, over = "", said = ""] = note;
      steps.push({ kind: "note", over: over.split(",").map((id) => known(id.trim())), text: said });
    } else if (party !== null) {
      const [, id = "", title = ""] = party;
      const [name = "", code = null] = title.split("|").map((part) => part.trim());
      parties.push({ id, name, code });
    } else {
      throw new DiagramError(index + 1, `neither a party nor a message nor a note: ${line}`);
    }
  }
  if (parties.length < 2) throw new DiagramError(1, "a sequence is between two parties or more");
  return { parties, steps };
}

function layout({ parties, steps }: Sequence, width: number): Drawing {
  const lane = width / parties.length;
  const xOf = new Map(parties.map(({ id }, index) => [id, lane * (index + 0.5)]));
  const at = (id: string): number => xOf.get(id) ?? 0;
  const heads = parties.map(({ name, code }) => ({ lines: wrapText(name, lane - 24, 13.5), code }));
  const headHeight = Math.max(
    ...heads.map(({ lines, code }) => 18 + lines.length * 18 + (code === null ? 0 : 14)),
  );
  const shapes: Shape[] = [];
  let y = headHeight + 10;
  for (const step of steps) {
    if (step.kind === "note") {
      const xs = step.over.map(at);
      const least = Math.min(lane - 12, width);
      const reach = Math.max(...xs) - Math.min(...xs) + least;
      const lines = wrapText(step.text, reach - 18);
      const boxWidth = Math.min(
        Math.max(linesWidth(lines) + 22, step.over.length > 1 ? reach : 0),
        width - 4,
      );
      const centre = (Math.min(...xs) + Math.max(...xs)) / 2;
      const height = lines.length * LINE + 12;
      const x = clamp(centre - boxWidth / 2, 2, width - 2 - boxWidth);
      shapes.push({ kind: "box", look: "note", x, y: y + 6, width: boxWidth, height, lines, code: null });
      y += height + 16;
    } else {
      const [x1, x2] = [at(step.from), at(step.to)];
      const self = x1 === x2;
      // Words may reach over other lifelines, but not over the edge.
      const allowed = self ? lane + 60 : Math.max(Math.abs(x2 - x1) - 14, Math.min(width - 8, 190));
      const lines = wrapText(step.text, allowed);
      const half = Math.max(...lines.map((line) => textWidth(line))) / 2;
      const x = clamp((x1 + x2) / 2, half + 4, width - half - 4);
      shapes.push({ kind: "label", x, y: y + 16, anchor: "middle", lines });
      y += 16 + (lines.length - 1) * LINE + 9;
      if (self) {
        const out = x1 + (x1 + 34 > width ? -26 : 26);
        shapes.push({
          kind: "route",
          dashed: step.dashed,
          both: false,
          points: [
            { x: x1, y },
            { x: out, y },
            { x: out, y: y + 14 },
            { x: x1, y: y + 14 },
          ],
        });
        y += 14;
      } else {
        shapes.push({
          kind: "route",
          dashed: step.dashed,
          both: false,
          points: [
            { x: x1, y },
            { x: x2, y },
          ],
        });
      }
      y += 8;
    }
  }
  const bottom = y + 14;
  const lifelines = parties.map(
    ({ id }): Shape => ({ kind: "lifeline", x: at(id), top: headHeight, bottom }),
  );
  const boxes = heads.map(({ lines, code }, index): Shape => {
    const boxWidth = Math.min(
      lane - 8,
      Math.max(linesWidth(lines, 13.5), (code?.length ?? 0) * 6.4, 50) + 20,
    );
    return {
      kind: "box",
      look: "plain",
      x: lane * (index + 0.5) - boxWidth / 2,
      y: 1,
      width: boxWidth,
      height: headHeight - 1,
      lines,
      code,
    };
  });
  return { width, height: Math.ceil(bottom + 4), shapes: [...lifelines, ...boxes, ...shapes] };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
