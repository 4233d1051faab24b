import { namedTypes } from "../reference/method-docs.ts";
import type { Message } from "../reference/reference.ts";
import type { PageContext } from "./page-context.ts";

/**
 * Which fields of `root` have their type written out on the page itself: their paths, `bid.details`. Level by level, each
 * type once and none inside itself, up to `budget` fields and values: what is left out is fetched when it is unfolded.
 */
export function planUnfolds(
  root: Message,
  context: Pick<PageContext, "messages" | "enums">,
  budget: number,
): ReadonlySet<string> {
  const planned = new Set<string>();
  const seen = new Set([root.name]);
  const queue = [{ path: "", message: root }];
  let left = budget;
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    for (const field of item.message.fields) {
      const path = item.path + field.shortName;
      for (const type of namedTypes(field.type)) {
        const message = context.messages.get(type);
        const size = message?.fields.length ?? context.enums.get(type)?.values.length ?? 0;
        if (seen.has(type) || size === 0 || size > left) continue;
        seen.add(type);
        planned.add(path);
        left -= size;
        if (message !== undefined) queue.push({ path: `${path}.`, message });
      }
    }
  }
  return planned;
}
