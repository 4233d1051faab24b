/** A token of JSON with comments. Commas and blanks are none. */
export interface TextToken {
  readonly text: string;
  readonly offset: number;
}

const pieces =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<token>"(?:[^"\\]|\\.)*"|[{}[\]:]|[^\s{}[\],:"/]+)|,|\s+/g;

/** The tokens of a text, comments among them. */
export function tokensOf(text: string): readonly TextToken[] {
  return [...text.matchAll(pieces)]
    .filter(({ groups }) => groups?.comment !== undefined || groups?.token !== undefined)
    .map((match) => ({ text: match[0].trimEnd(), offset: match.index }));
}

/** The same JSON, laid out at random: in lines or in one, with comments at all places and trailing commas. */
export function withComments(json: string, random: () => number): string {
  let count = 0;
  const comment = () => `c${++count}`;
  const inOneLine = random() < 0.2;
  const trailing = random() < 0.3;
  let text = "";
  let last = "";
  let end = 0;
  for (const [piece] of json.matchAll(pieces)) {
    if (piece.trim() === "") {
      text += inOneLine || (piece.includes("\n") && random() < 0.1) ? " " : broken(piece, random, comment);
      continue;
    }
    if (/[}\]]/.test(piece) && !/[{[,]/.test(last) && trailing)
      text = `${text.slice(0, end)},${text.slice(end)}`;
    text += piece;
    last = piece;
    end = text.length;
    if (random() < 0.05) text += ` /* ${comment()} */`;
  }
  return text;
}

function broken(piece: string, random: () => number, comment: () => string): string {
  if (!piece.includes("\n")) return piece;
  const chance = random();
  if (chance < 0.15) return ` // ${comment()}${piece}`;
  if (chance < 0.25) return `${piece}// ${comment()}${piece}`;
  return chance < 0.3 ? ` /* ${comment()}\n */${piece}` : piece;
}
