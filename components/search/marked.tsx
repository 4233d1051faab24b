import { words } from "../../lib/search/words.ts";

/** A text with the words of a query marked in it. `most` cuts it to what surrounds the first of them. */
export function Marked({
  text,
  query,
  most,
}: {
  readonly text: string;
  readonly query: string;
  readonly most?: number;
}) {
  const wanted = words(query)
    .sort((a, b) => b.length - a.length)
    .join("|");
  if (wanted === "") return most === undefined ? text : text.slice(0, most);
  const pattern = new RegExp(`(${wanted})`, "giu");
  const shown = most === undefined ? text : cut(text, text.search(pattern), most);
  return shown.split(pattern).map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
    i % 2 === 1 ? <mark key={i}>{part}</mark> : part,
  );
}

function cut(text: string, at: number, most: number): string {
  if (text.length <= most || at < most - 30) return text.slice(0, most);
  const from = text.indexOf(" ", at - 40) + 1;
  return `… ${text.slice(from, from + most)}`;
}
