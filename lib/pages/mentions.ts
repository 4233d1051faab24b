import type { Method } from "../reference/reference.ts";

const NAME_REFERENCE = /\[([A-Za-z_][\w.]*)\](?!\()/g;

/** The full names that a Markdown text refers to as `[name][]` or `[text][name]`, and what else is in brackets. */
export function namesIn(text: string): string[] {
  return text.includes("[") ? [...text.matchAll(NAME_REFERENCE)].map(([, name = ""]) => name) : [];
}

/** Method → the methods whose text names it. */
export function indexMentions(methods: readonly Method[]): ReadonlyMap<string, readonly string[]> {
  const mentions = new Map<string, string[]>();
  for (const method of methods) {
    for (const name of new Set(namesIn(method.doc.text))) {
      const known = mentions.get(name);
      if (known === undefined) mentions.set(name, [method.name]);
      else known.push(method.name);
    }
  }
  return mentions;
}
