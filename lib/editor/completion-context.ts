import type { DescMessage } from "@bufbuild/protobuf";
import { itemMeaning, type Meaning, memberMeaning } from "./cursor.ts";
import { type Token, tokens } from "./request-tokens.ts";

/** What is written at the cursor, and the range that a completion takes the place of. */
export type Context = KeyContext | ValueContext;

interface Place {
  readonly offset: number;
  readonly length: number;
  /** Whether the cursor is in double quotes. */
  readonly quoted: boolean;
  /** Whether something follows that needs a comma before it. */
  readonly commaAfter: boolean;
}

export interface KeyContext extends Place {
  readonly kind: "key";
  /** What the object is. */
  readonly holder: Meaning;
  /** The object's other members, those before the cursor first. */
  readonly members: readonly Member[];
  /** Whether a value follows already. */
  readonly hasColon: boolean;
  /** Where the member before lacks its comma. */
  readonly commaBefore: number | null;
}

/** A member of the object that the cursor is in. */
export interface Member {
  readonly key: string;
  readonly offset: number;
  /** Where its value ends, or the key where it has none. */
  readonly end: number;
  /** Where the comma after it ends, or null. */
  readonly commaEnd: number | null;
  /** Where the comma before it begins, or null. */
  readonly commaStart: number | null;
}

export interface ValueContext extends Place {
  readonly kind: "value";
  readonly meaning: Meaning;
}

interface Level {
  readonly meaning: Meaning | null;
  readonly object: boolean;
  /** Index of the bracket among the tokens; -1 for none. */
  readonly open: number;
  /** The key whose value comes next. */
  pending: string | null;
}

/**
 * Where the cursor is in the request. It reads tokens and not a tree, since a text that is being written is rarely
 * whole. Null in comments, after the end, and where nothing is known of the place.
 */
export function contextAt(text: string, offset: number, root: DescMessage): Context | null {
  const all = tokens(text);
  const here = all.find((token) => contains(token, offset));
  if (here?.kind === "comment") return null;
  const start = here?.offset ?? offset;
  const end = here === undefined || !here.closed ? offset : here.end;
  const before = all.filter((token) => token.kind !== "comment" && token.end <= start);
  const next = all.find((token) => token.kind !== "comment" && token.offset >= end && token !== here);
  const commaAfter = next !== undefined && startsValue(next);
  const place = { offset: start, length: end - start, quoted: here?.kind === "string", commaAfter };
  const level = openLevels(before, root).at(-1);
  const last = before.at(-1);
  if (level === undefined || last === undefined) {
    return last === undefined ? { kind: "value", meaning: { kind: "message", desc: root }, ...place } : null;
  }
  if (level.object && level.pending === null) {
    if (level.meaning === null || last.kind === ":") return null;
    const hasColon = next?.kind === ":";
    const others = all.filter((token) => token.kind !== "comment" && token !== here);
    const members = membersOf(others, level.open);
    const commaBefore = endsValue(last) ? last.end : null;
    return { kind: "key", holder: level.meaning, members, hasColon, commaBefore, ...place };
  }
  const meaning = valueMeaning(level);
  return meaning === null || endsValue(last) ? null : { kind: "value", meaning, ...place };
}

/** The brackets that are open after the tokens, with what each of them means. */
function openLevels(before: readonly Token[], root: DescMessage): Level[] {
  const levels: Level[] = [];
  before.forEach((token, index) => {
    const level = levels.at(-1);
    switch (token.kind) {
      case "{":
      case "[": {
        const meaning =
          level === undefined ? ({ kind: "message", desc: root } as const) : valueMeaning(level);
        if (level !== undefined) level.pending = null;
        levels.push({ meaning, object: token.kind === "{", open: index, pending: null });
        return;
      }
      case "}":
      case "]":
        levels.pop();
        return;
      case "string":
        if (level?.object && level.pending === null && before[index + 1]?.kind === ":") {
          level.pending = token.value;
        } else if (level !== undefined) level.pending = null;
        return;
      case "word":
      case ",":
        if (level !== undefined) level.pending = null;
    }
  });
  return levels;
}

function valueMeaning({ meaning, object, pending }: Level): Meaning | null {
  if (meaning === null) return null;
  if (!object) return itemMeaning(meaning);
  return pending === null ? null : memberMeaning(meaning, pending);
}

/** The members of the object that the token at `open` begins, without the word that the cursor is in. */
function membersOf(all: readonly Token[], open: number): Member[] {
  const members: {
    key: string;
    offset: number;
    end: number;
    commaEnd: number | null;
    commaStart: number | null;
  }[] = [];
  let depth = 0;
  let commaStart: number | null = null;
  for (let index = open + 1; index < all.length; index++) {
    const token = all[index];
    if (token === undefined) break;
    if (isOpen(token)) depth++;
    else if (token.kind === "}" || token.kind === "]") depth--;
    if (depth < 0) break;
    const last = members.at(-1);
    if (depth === 0 && token.kind === ",") {
      if (last !== undefined && last.commaEnd === null) last.commaEnd = token.end;
      commaStart = token.offset;
    } else if (depth === 0 && token.kind === "string" && all[index + 1]?.kind === ":") {
      members.push({ key: token.value, offset: token.offset, end: token.end, commaEnd: null, commaStart });
      commaStart = null;
    } else if (last !== undefined && last.commaEnd === null) last.end = token.end;
  }
  return members;
}

function contains(token: Token, offset: number): boolean {
  if (token.kind === "word") return offset >= token.offset && offset <= token.end;
  const spans = token.kind === "comment" || token.kind === "string";
  return spans && offset > token.offset && (offset < token.end || (!token.closed && offset === token.end));
}

function isWord(token: Token): boolean {
  return token.kind === "string" || token.kind === "word";
}

function isOpen(token: Token): boolean {
  return token.kind === "{" || token.kind === "[";
}

function startsValue(token: Token): boolean {
  return isWord(token) || isOpen(token);
}

function endsValue(token: Token): boolean {
  return isWord(token) || token.kind === "}" || token.kind === "]";
}
