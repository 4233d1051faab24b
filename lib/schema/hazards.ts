import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** A request that is valid and known to crash the daemon. */
export interface Hazard {
  /** Where the message is that lacks something, as field names from the request down: `bid`, `orders[2].bid`. */
  readonly path: string;
  /** Short name of the field that it lacks. */
  readonly field: string;
  /** What happens, and what to write instead. */
  readonly message: string;
}

/**
 * Where a request lacks a field that a daemon crashes without. `needed`: short names of such fields by the full name of
 * the message that must hold them.
 */
export function findHazards(
  desc: DescMessage,
  message: Message,
  needed: (typeName: string) => readonly string[],
): readonly Hazard[] {
  const found: Hazard[] = [];
  visit(reflect(desc, message), "", needed, found);
  return found;
}

function visit(
  message: ReflectMessage,
  path: string,
  needed: (typeName: string) => readonly string[],
  found: Hazard[],
): void {
  for (const name of needed(message.desc.typeName)) {
    const field = message.fields.find((each) => each.name === name);
    if (field === undefined || message.isSet(field)) continue;
    const holder = path === "" ? "the request" : `"${path}"`;
    found.push({
      path,
      field: name,
      message: `The daemon crashes on ${holder} without "${name}": add "${name}" to it.`,
    });
  }
  for (const field of message.fields) {
    if (field.message === undefined || !message.isSet(field)) continue;
    const at = path === "" ? field.name : `${path}.${field.name}`;
    if (field.fieldKind === "message") visit(message.get(field), at, needed, found);
    else if (field.fieldKind === "list") {
      let index = 0;
      for (const item of message.get(field))
        visit(item as ReflectMessage, `${at}[${index++}]`, needed, found);
    } else {
      for (const [key, item] of message.get(field))
        visit(item as ReflectMessage, `${at}[${String(key)}]`, needed, found);
    }
  }
}
