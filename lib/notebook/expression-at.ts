/** What stands before the cursor in an expression that may not be finished. */
export interface ExpressionAt {
  /** What the name at the cursor is taken of (`accounts.accounts[0]`); null: it is a name of its own. */
  readonly operand: string | null;
  /** Where the name at the cursor begins, and how long it is as far as it is typed. */
  readonly offset: number;
  readonly length: number;
  /** Names that macros around the cursor bind, innermost last, each with the list that it runs over. */
  readonly bound: readonly { readonly name: string; readonly list: string }[];
  /** What is compared with the name at the cursor: `a.state` in `a.state == `; null where nothing is. */
  readonly compared: string | null;
}

const MACROS = /\.(?:exists|exists_one|all|filter|map)$/;
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Looks at an expression before an offset. Null within a string or a comment. */
export function expressionAt(text: string, offset: number): ExpressionAt | null {
  const before = text.slice(0, offset);
  if (isWithinText(before)) return null;
  const name = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? "";
  const start = offset - name.length;
  const head = before.slice(0, start);
  const dot = /\.\s*$/.exec(head);
  const operand = dot === null ? null : chainBefore(head.slice(0, dot.index));
  const whole = head.slice(0, dot === null ? start : dot.index - (operand ?? "").length);
  const comparison = /(?:==|!=)\s*$/.exec(whole);
  return {
    operand,
    offset: start,
    length: name.length,
    bound: boundAt(head),
    compared: comparison === null ? null : chainBefore(whole.slice(0, comparison.index).trimEnd()),
  };
}

/** The name and what it is taken of around an offset (`quote.miner_fee_total`), and where it stands; null where none is. */
export function nameAround(
  text: string,
  offset: number,
): { readonly text: string; readonly offset: number; readonly length: number } | null {
  const rest = /^\w*/.exec(text.slice(offset))?.[0] ?? "";
  const head = text.slice(0, offset) + rest;
  const name = /[A-Za-z_]\w*$/.exec(head)?.[0];
  if (name === undefined || isWithinText(head)) return null;
  const chain = chainBefore(head);
  return { text: chain, offset: head.length - name.length, length: name.length };
}

/** Names, fields, indexes and calls that end where the text ends. */
function chainBefore(text: string): string {
  let at = text.length;
  for (;;) {
    const last = text[at - 1];
    if (last !== undefined && last in CLOSING) {
      const open = openingOf(text, at - 1);
      if (open === null) break;
      at = open;
      if (last === "]" || /[\w]/.test(text[at - 1] ?? "")) continue;
      break;
    }
    const name = /\w+$/.exec(text.slice(0, at))?.[0];
    if (name === undefined) break;
    at -= name.length;
    if (text[at - 1] !== ".") break;
    at -= 1;
  }
  return text.slice(at);
}

/** Where the bracket was opened that closes at an index. */
function openingOf(text: string, index: number): number | null {
  const open: number[] = [];
  for (const { at, character } of bracketsOf(text.slice(0, index + 1))) {
    if ("([{".includes(character)) open.push(at);
    else {
      const opening = open.pop();
      if (at === index) return opening ?? null;
    }
  }
  return null;
}

function boundAt(text: string): { readonly name: string; readonly list: string }[] {
  const open: number[] = [];
  for (const { at, character } of bracketsOf(text)) {
    if ("([{".includes(character)) open.push(at);
    else open.pop();
  }
  return open.flatMap((at) => {
    const called = text.slice(0, at);
    const macro = MACROS.exec(called);
    const name = /^\s*([A-Za-z_]\w*)\s*,/.exec(text.slice(at + 1))?.[1];
    if (macro === null || name === undefined) return [];
    return [{ name, list: chainBefore(called.slice(0, macro.index)) }];
  });
}

const TEXT = /\/\/[^\n]*|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*(?:"|$)|'(?:\\.|[^'\\\n])*(?:'|$)/g;

/** The brackets that are no part of a string or a comment. */
function bracketsOf(text: string): { readonly at: number; readonly character: string }[] {
  const code = text.replaceAll(TEXT, (found) => " ".repeat(found.length));
  return [...code.matchAll(/[()[\]{}]/g)].map(({ 0: character, index }) => ({ at: index, character }));
}

function isWithinText(before: string): boolean {
  for (const { 0: found, index } of before.matchAll(TEXT)) {
    if (index + found.length < before.length) continue;
    if (found.startsWith("//")) return true;
    const quote = found.startsWith('"""') ? '"""' : (found[0] ?? "");
    return found.length < 2 * quote.length || !found.endsWith(quote);
  }
  return false;
}
