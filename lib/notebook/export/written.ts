/** An expression of a program, and how tightly it holds together. */
export interface Written {
  readonly text: string;
  readonly level: Level;
}

/** From the loosest to the tightest; a part that is looser than its place needs brackets. */
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export const LEVEL = {
  choice: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  unary: 8,
  atom: 9,
} as const;

export function atom(text: string): Written {
  return { text, level: LEVEL.atom };
}

/** The text, in brackets where it is looser than `level`. */
export function within({ text, level }: Written, least: Level): string {
  return level < least ? `(${text})` : text;
}

/** The level of a sum or of a product. */
export function arithmeticLevel(operator: string): Level {
  return operator === "+" || operator === "-" ? LEVEL.sum : LEVEL.product;
}

/** The next tighter level, for the right side of `a - (b - c)`. */
export function tighter(level: Level): Level {
  return Math.min(level + 1, LEVEL.atom) as Level;
}
