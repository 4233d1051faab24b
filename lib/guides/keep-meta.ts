/** What this plugin reads and writes of the nodes of a parsed text. */
interface Node {
  readonly type: string;
  readonly meta?: string | null;
  readonly children?: readonly Node[];
  data?: { hProperties?: Record<string, string> };
}

/** A remark plugin: what stands behind the language of a fenced block becomes `meta` of its `code` element. */
export function keepMeta() {
  return function keep(node: Node): void {
    if (node.type === "code" && typeof node.meta === "string")
      node.data = { ...node.data, hProperties: { meta: node.meta } };
    for (const child of node.children ?? []) keep(child);
  };
}
