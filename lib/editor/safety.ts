import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** A request that is valid and known to harm the daemon. */
export interface Hazard {
  /** Field names from the request down to the message that lacks something. */
  readonly path: readonly string[];
  /** What happens, and what to write instead. */
  readonly message: string;
}

/** Message fields that a daemon breaks without, by the type that holds them. */
const needed: Readonly<Record<string, readonly string[]>> = {
  "poolrpc.Ask": ["details"],
  "poolrpc.Bid": ["details"],
};

/** Where a method takes such a type in its request, from the request down. */
const paths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "poolrpc.Trader.SubmitOrder": [["ask"], ["bid"]],
  "poolrpc.Trader.OfferSidecar": [["bid"]],
};

/** The fields that a message must not be sent without. */
export function neededFields(desc: DescMessage): readonly string[] {
  return needed[desc.typeName] ?? [];
}

/** What is known to go wrong when the daemon gets this message. */
export function knownHazards(method: string, desc: DescMessage, message: Message): readonly Hazard[] {
  const request = reflect(desc, message);
  return (paths[method] ?? []).flatMap((path) => {
    const holder = messageAt(request, path);
    if (holder === null) return [];
    return missingFields(holder).map((name) => ({ path, message: crash(path.join("."), name) }));
  });
}

function missingFields(holder: ReflectMessage): readonly string[] {
  return neededFields(holder.desc).filter((name) => {
    const field = holder.fields.find((each) => each.name === name);
    return field !== undefined && !holder.isSet(field);
  });
}

function crash(holder: string, field: string): string {
  return `The daemon crashes on "${holder}" without "${field}": add "${field}" to it.`;
}

function messageAt(root: ReflectMessage, path: readonly string[]): ReflectMessage | null {
  let at = root;
  for (const name of path) {
    const field = at.fields.find((each) => each.name === name);
    if (field?.fieldKind !== "message" || !at.isSet(field)) return null;
    at = at.get(field);
  }
  return at;
}
