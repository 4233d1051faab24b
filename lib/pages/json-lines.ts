/**
 * JSON in lines of two spaces a level, with no more than `most` items of each list; a comment says how many more there
 * are. Other lines stay as they are.
 */
export function shortenLists(lines: readonly string[], most: number): readonly string[] {
  const shown: string[] = [];
  /** The lists that are open: how deep their items stand, and how many there were. */
  const open: { depth: number; count: number }[] = [];
  for (const line of lines) {
    const text = line.trim();
    const depth = line.length - line.trimStart().length;
    const list = open.at(-1);
    if (list !== undefined && depth < list.depth) {
      open.pop();
      const outer = open.every(({ count }) => count <= most);
      if (outer && list.count > most) {
        shown.push(`${" ".repeat(list.depth)}// and ${list.count - most} more`);
      }
    } else if (list !== undefined && depth === list.depth && !/^[}\]]/.test(text)) {
      list.count++;
    }
    if (open.every(({ count }) => count <= most)) shown.push(line);
    if (text.endsWith("[")) open.push({ depth: depth + 2, count: 0 });
  }
  return shown;
}
