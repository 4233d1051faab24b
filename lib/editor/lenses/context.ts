import type { MethodDocs } from "../../reference/method-docs.ts";
import { parseUnit } from "./unit.ts";

/** What lenses need to know beside the value: all of it may be missing. */
export interface LensContext {
  readonly nowMs: number;
  /** Height of the profile's chain. */
  readonly height: number | null;
  /** Amount in sat and duration in blocks that the same message is about: a rate is a premium only for these. */
  readonly amount: bigint | null;
  readonly blocks: bigint | null;
  /** Sats in a unit, where the API counts in units. */
  readonly unitSats: bigint | null;
}

/** The context outside of any message. */
export function baseContext(
  docs: MethodDocs,
  { nowMs, height }: { readonly nowMs: number; readonly height: number | null },
): LensContext {
  return { nowMs, height, amount: null, blocks: null, unitSats: unitSats(docs) };
}

/** One field that is set: its short name, its `Unit:` line and its integer. */
export interface UnitValue {
  readonly name: string;
  readonly unit: string | null;
  readonly value: bigint;
}

/** The context within a message, given that of the message around it and the message's own numbers. */
export function innerContext(outer: LensContext, fields: readonly UnitValue[]): LensContext {
  const amount = oneOf(fields, "sat", /(^|_)(amt|amount)(_|$)/);
  const blocks = oneOf(fields, "blocks", /(^|_)duration(_|$)/);
  return { ...outer, amount: amount ?? outer.amount, blocks: blocks ?? outer.blocks };
}

/** The value of the unit that the message is about: the one whose name says so, or the only one. */
function oneOf(fields: readonly UnitValue[], kind: "sat" | "blocks", named: RegExp): bigint | null {
  const candidates = fields.filter(({ unit, value }) => value > 0n && parseUnit(unit)?.kind === kind);
  const byName = candidates.filter(({ name }) => named.test(name));
  const [first, ...others] = byName.length > 0 ? byName : candidates;
  return first === undefined || others.length > 0 ? null : first.value;
}

const sizes = new WeakMap<MethodDocs, bigint | null>();

function unitSats(docs: MethodDocs): bigint | null {
  let size = sizes.get(docs);
  if (size === undefined) {
    size = null;
    for (const message of Object.values(docs.messages)) {
      for (const { unit } of Object.values(message.fields)) {
        const read = parseUnit(unit);
        if (read?.kind === "units") size ??= read.sats;
      }
    }
    sizes.set(docs, size);
  }
  return size;
}
