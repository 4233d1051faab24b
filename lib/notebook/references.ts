/** Strings and bytes of CEL, comments, and names with what stands before them. */
const TOKEN =
  /\/\/[^\n]*|[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?:\.\s*)?[A-Za-z_]\w*/g;

/**
 * Those of `names` that a CEL expression mentions, fields and strings left out. A name that a macro binds inside the
 * expression counts too: it only makes the cell wait for more than it needs.
 */
export function referencedNames(expression: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [token] of expression.matchAll(TOKEN)) if (names.has(token)) found.add(token);
  return found;
}
