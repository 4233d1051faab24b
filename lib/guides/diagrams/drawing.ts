/** What a diagram is drawn from: places in px, text broken into lines. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape = Box | Route | Label | Lifeline;

/** A rounded node: a name and, where the API has one, its constant beneath. */
export interface Box {
  readonly kind: "box";
  readonly look: "plain" | "start" | "end" | "note";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly code: string | null;
}

/** An arrow along `points`, its corners rounded. */
export interface Route {
  readonly kind: "route";
  readonly points: readonly Point[];
  readonly dashed: boolean;
  /** It has a head at either end. */
  readonly both: boolean;
}

export interface Label {
  readonly kind: "label";
  readonly x: number;
  /** Baseline of the first line. */
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly lines: readonly string[];
}

/** The vertical line of one party of a sequence. */
export interface Lifeline {
  readonly kind: "lifeline";
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The same diagram, drawn for a wide column and for a phone, and told in words. */
export interface Diagram {
  readonly wide: Drawing;
  readonly narrow: Drawing;
  /** One sentence for each arrow, in order. */
  readonly words: readonly string[];
}

/** A description that cannot be drawn. `line` counts from 1 within it. */
export class DiagramError extends Error {
  readonly line: number;
  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** px between the baselines of two lines of text. */
export const LINE = 16;
/** px of the letters of a label. */
const TEXT = 12.5;

/** About how wide Inter sets this, in px. */
export function textWidth(text: string, size = TEXT): number {
  let em = 0;
  for (const letter of text) {
    em += /[iljtfrI.,:;'’()[\]|! ]/.test(letter)
      ? 0.33
      : /[mwMW@%]/.test(letter)
        ? 0.87
        : /[A-Z_]/.test(letter)
          ? 0.68
          : 0.575;
  }
  return em * size;
}

/** Breaks a text at its spaces into lines of at most `width` px; a word that is longer stands alone. */
export function wrapText(text: string, width: number, size = TEXT): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** px of the widest of these lines. */
export function linesWidth(lines: readonly string[], size = TEXT): number {
  return Math.max(0, ...lines.map((line) => textWidth(line, size)));
}
