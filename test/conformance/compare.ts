import { MATCHERS } from "./matchers.ts";
import type { Json } from "./recorded-case.ts";

/** Values shorter than this prove nothing when they turn up elsewhere: a 0 or a tier is everywhere. */
const TELLING = 8;

/**
 * Where two answers differ, in words; nothing where they are the same. The same means: the same names (in the same order
 * where the answer is `ordered`), the same lengths of lists, the same values, except where a matcher of the field's name
 * allows another. A value that was `known` before the call has to be the very same.
 */
export function differences(
  wanted: Json,
  got: Json,
  { known, ordered }: { readonly known: string; readonly ordered: boolean },
  path = "",
): string[] {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    return wanted.length === got.length
      ? wanted.flatMap((item, n) => differences(item, got[n] ?? null, { known, ordered }, `${path}[${n}]`))
      : [`${path || "(reply)"}: ${got.length} items, recorded are ${wanted.length}`];
  }
  if (isObject(wanted) && isObject(got)) {
    const names = namesIn(wanted, ordered);
    // The sandbox counts the trader's own orders too, so that more markets than the stub's one may have some.
    const others = namesIn(got, ordered).filter((name) => path !== "market_info" || names.includes(name));
    if (names.join() !== others.join()) {
      return [`${path || "(reply)"}: {${others.join()}}, recorded is {${names.join()}}`];
    }
    return names.flatMap((name) =>
      differences(
        wanted[name] ?? null,
        got[name] ?? null,
        { known, ordered },
        path === "" ? name : `${path}.${name}`,
      ),
    );
  }
  if (wanted === got) return [];
  const name = /([a-z_]+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "";
  const telling = typeof wanted === "string" && wanted.length >= TELLING;
  const free = !(telling && known.includes(wanted)) && MATCHERS[name]?.(wanted, got) === true;
  return free ? [] : [`${path || "(reply)"}: ${brief(got)}, recorded is ${brief(wanted)}`];
}

function namesIn(value: object, ordered: boolean): string[] {
  return ordered ? Object.keys(value) : Object.keys(value).sort();
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
