import { namedTypes } from "./method-docs.ts";
import type { Reference } from "./reference.ts";

/** One place where a message or enum is used. `name` is the full name of the method, or of the field. */
export interface Use {
  readonly kind: "request" | "reply" | "field";
  readonly name: string;
}

/** Full name of each message and enum → where it is used, methods first. What nothing uses is not in it. */
export function usedBy(reference: Reference): ReadonlyMap<string, readonly Use[]> {
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
  for (const field of reference.messages.flatMap((message) => message.fields)) {
    for (const type of namedTypes(field.type)) {
      add(type, { kind: "field", name: field.name });
    }
  }
  return uses;
}
