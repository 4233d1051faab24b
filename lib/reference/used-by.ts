import { namedTypes } from "./method-docs.ts";
import type { Reference } from "./reference.ts";

/** One place where a message or enum is used. `name` is the full name of the method, or of the field. */
export interface Use {
  readonly kind: "request" | "reply" | "field";
  readonly name: string;
}

/** Full name of each message and enum → where it is used, methods first. What nothing uses is not in it. */
export type UseIndex = ReadonlyMap<string, readonly Use[]>;

/** A method that has a type somewhere in its request or reply; `path` leads there, empty where it is the message itself. */
export interface Reach {
  readonly kind: "request" | "reply";
  readonly method: string;
  /** Short names of fields, `bid.details`. */
  readonly path: string;
}

/** Finds every use of every type. */
export function usedBy(reference: Reference): UseIndex {
  const uses = new Map<string, Use[]>();
  const add = (type: string, use: Use) => {
    const known = uses.get(type);
    if (known === undefined) {
      uses.set(type, [use]);
    } else {
      known.push(use);
    }
  };
  for (const method of reference.services.flatMap((service) => service.methods)) {
    add(method.input, { kind: "request", name: method.name });
    add(method.output, { kind: "reply", name: method.name });
  }
  for (const message of reference.messages) {
    for (const field of message.fields) {
      for (const type of namedTypes(field.type)) {
        add(type, { kind: "field", name: field.name });
      }
    }
  }
  return uses;
}

/**
 * The methods that have a type in their request or reply, each side once by its shortest path, nearest first. Looks no
 * further once `limit` were found: `more` says that there are others.
 */
export function reachedBy(
  type: string,
  uses: UseIndex,
  limit: number,
): { readonly found: readonly Reach[]; readonly more: boolean } {
  const found: Reach[] = [];
  const sides = new Set<string>();
  const seen = new Set([type]);
  const queue = [{ type, path: "" }];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    for (const { kind, name } of uses.get(item.type) ?? []) {
      if (kind === "field") {
        const dot = name.lastIndexOf(".");
        const holder = name.slice(0, dot);
        if (seen.has(holder)) continue;
        seen.add(holder);
        queue.push({
          type: holder,
          path: item.path === "" ? name.slice(dot + 1) : `${name.slice(dot + 1)}.${item.path}`,
        });
      } else if (!sides.has(`${kind} ${name}`)) {
        if (found.length === limit) return { found, more: true };
        sides.add(`${kind} ${name}`);
        found.push({ kind, method: name, path: item.path });
      }
    }
  }
  return { found, more: false };
}
