import type { HitKind, SearchIndex } from "./search-index.ts";
import { isNear, words } from "./words.ts";

/** Something that was found, best first in a list. */
export interface Hit {
  readonly kind: HitKind;
  readonly title: string;
  /** Where it belongs: the full name of a method, the message of a field. */
  readonly context: string;
  readonly href: string;
  readonly text: string;
}

export interface Searcher {
  /** The best hits of a query, at most `limit`. An empty query finds nothing. */
  search(query: string, limit?: number): readonly Hit[];
}

/** One thing to find. Its words stand between spaces, so that `" rate"` finds the beginning of a word. */
interface Entry {
  readonly hit: Hit;
  /** The title's words, joined: `ratefixed`. */
  readonly flat: string;
  /** The full name's words, joined. */
  readonly fullFlat: string;
  readonly titleWords: string;
  readonly nameWords: string;
  readonly text: string;
}

/** A word that was asked for, with those that stand for it where it is mistyped. */
type Wanted = readonly string[];

/** What is more often meant, where names are equally near. */
const WEIGHT: Readonly<Record<HitKind, number>> = {
  method: 30,
  service: 27,
  command: 25,
  guide: 24,
  notebook: 22,
  index: 22,
  message: 20,
  enum: 18,
  endpoint: 17,
  error: 16,
  permission: 16,
  page: 14,
  heading: 12,
  field: 8,
  value: 6,
  flag: 5,
};

/** A word shorter than this is taken as it is typed. */
const SHORTEST_TYPO = 4;
const MOST_ALTERNATIVES = 12;
/** With fewer hits than this, words that nothing is named by are taken for mistyped. */
const ENOUGH = 3;

/** Prepares indexes for searching: a pass over all of their text. */
export function openIndexes(indexes: readonly SearchIndex[]): Searcher {
  const entries = indexes.flatMap((index) => [...entriesOf(index)]);
  const vocabulary = [
    ...new Set(entries.flatMap(({ nameWords, flat }) => [...nameWords.trim().split(" "), flat])),
  ];
  return {
    search(query, limit = 30) {
      const asked = words(query);
      if (asked.length === 0) return [];
      const literal = asked.map((word) => [word]);
      const found = best(entries, limit, (entry) => scoreOf(entry, literal, asked.join("")));
      if (found.length < ENOUGH) {
        const wanted = withTypos(asked, vocabulary);
        if (wanted !== null) {
          const known = new Set(found);
          found.push(...best(entries, limit, (entry) => (known.has(entry) ? 0 : scoreOf(entry, wanted, ""))));
        }
      }
      return found.slice(0, limit).map(({ hit }) => hit);
    },
  };
}

function* entriesOf({ pages }: SearchIndex): Generator<Entry> {
  for (const [kind, title, name, href, text, keys, places] of pages) {
    yield entry({ kind, title, context: name === title ? "" : name, href, text }, name, `${name} ${keys}`);
    for (const [placeKind, placeTitle, anchor, placeText] of places) {
      const parent = name === "" ? title : name;
      yield entry(
        { kind: placeKind, title: placeTitle, context: parent, href: `${href}#${anchor}`, text: placeText },
        `${parent}.${placeTitle}`,
        parent,
      );
    }
  }
}

function entry(hit: Hit, fullName: string, keys: string): Entry {
  const titleWords = words(hit.title);
  return {
    hit,
    flat: titleWords.join(""),
    fullFlat: words(fullName).join(""),
    titleWords: between(titleWords),
    nameWords: between([...new Set([...titleWords, ...words(keys)])]),
    text: ` ${hit.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `,
  };
}

const between = (list: readonly string[]) => ` ${list.join(" ")} `;

/** The entries with the highest scores, best first; of equal ones those whose parents have shorter names. */
function best(entries: readonly Entry[], limit: number, scoreOf: (entry: Entry) => number): Entry[] {
  const kept: { readonly entry: Entry; readonly score: number }[] = [];
  for (const entry of entries) {
    const found = scoreOf(entry);
    if (found === 0) continue;
    const score = found + WEIGHT[entry.hit.kind];
    let at = kept.length;
    while (at > 0 && isBefore(entry, score, kept[at - 1])) at--;
    if (at >= limit) continue;
    kept.splice(at, 0, { entry, score });
    if (kept.length > limit) kept.pop();
  }
  return kept.map(({ entry }) => entry);
}

function isBefore(entry: Entry, score: number, other: { entry: Entry; score: number } | undefined): boolean {
  if (other === undefined || score !== other.score) return other !== undefined && score > other.score;
  return entry.hit.context.length < other.entry.hit.context.length;
}

/** How well an entry answers; 0: not at all. Names before what surrounds them, and that before texts. */
function scoreOf(entry: Entry, wanted: readonly Wanted[], flat: string): number {
  if (flat !== "") {
    if (entry.flat === flat) return 1000;
    if (entry.fullFlat === flat) return 950;
    if (entry.flat.startsWith(flat)) return 700 - Math.min(100, entry.flat.length - flat.length);
    if (entry.fullFlat.endsWith(flat) && flat.length > entry.flat.length) return 690;
  }
  let inTitle = 0;
  let inName = 0;
  for (const word of wanted) {
    // A mistyped name stands for the name as a whole: its parts are not told apart.
    if (has(entry.titleWords, word) || word.includes(entry.flat)) inTitle++;
    else if (has(entry.nameWords, word)) inName++;
    else if (!has(entry.text, word)) {
      // Of a name's middle, as typed: `ratefix` in `max_rate_fixed`.
      return flat.length > 2 && entry.flat.includes(flat) ? 350 - Math.min(50, entry.flat.length) : 0;
    }
  }
  const spare = Math.min(50, entry.flat.length);
  if (inTitle === wanted.length) return 550 - spare;
  if (inTitle + inName === wanted.length) return 250 + (150 * inTitle) / wanted.length - spare;
  const phrase = wanted.length > 1 && entry.text.includes(` ${wanted.map(([word]) => word).join(" ")}`);
  return 60 + (120 * inTitle + 60 * inName) / wanted.length + (phrase ? 80 : 0);
}

function has(spaced: string, wanted: Wanted): boolean {
  for (const word of wanted) if (spaced.includes(` ${word}`)) return true;
  return false;
}

/** Each word with those of the vocabulary that it may have been meant for; null where no word has any. */
function withTypos(asked: readonly string[], vocabulary: readonly string[]): readonly Wanted[] | null {
  let changed = false;
  const wanted = asked.map((word) => {
    if (word.length < SHORTEST_TYPO) return [word];
    const near = vocabulary.filter(
      (known) => known[0] !== undefined && isNear(word, known) && !known.startsWith(word),
    );
    if (near.length > 0) changed = true;
    return [word, ...near.slice(0, MOST_ALTERNATIVES)];
  });
  return changed ? wanted : null;
}
