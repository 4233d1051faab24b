import { ScalarType } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { bytesRule } from "../../../lib/editor/bytes-rule.ts";
import { fieldDocs } from "../../../lib/editor/describe.ts";
import {
  baseContext,
  innerContext,
  type LensContext,
  type UnitValue,
} from "../../../lib/editor/lenses/context.ts";
import { lensesOf } from "../../../lib/editor/lenses/lenses.ts";
import type { MethodDocs } from "../../../lib/reference/method-docs.ts";
import type { Holder, ReplyItem } from "../../../lib/reply/reply-items.ts";
import { toHex } from "../../../lib/schema/bytes-text.ts";

/** What stands beside a value: its unit as the docs have it, and other ways to say it. */
export interface ValueHints {
  readonly unit: string | null;
  readonly hints: readonly string[];
}

const NONE: ValueHints = { unit: null, hints: [] };

/** The hints of a value of a reply. `height`: of the profile's chain, null where it is not known. */
export function valueHints(
  { field, holder, value }: ReplyItem,
  docs: MethodDocs,
  height: number | null,
): ValueHints {
  if (field === null || holder === null || value.kind !== "plain") return NONE;
  const doc = fieldDocs(docs, field);
  if (field.scalar === ScalarType.BYTES) {
    const bytes = value.raw as Uint8Array;
    const rule = bytesRule(doc?.bytes);
    if (rule?.reversed !== true || bytes.length === 0) return NONE;
    return { unit: null, hints: [`txid ${toHex(Uint8Array.from(bytes).reverse())}`] };
  }
  const unit = doc?.unit ?? null;
  if (unit === null || value.text === "0") return { unit: shortUnit(unit), hints: [] };
  const lenses = lensesOf(unit, value.text, contextOf(holder, docs, height));
  return { unit: shortUnit(unit), hints: lenses.filter(({ hint }) => hint).map(({ text }) => text) };
}

/** The unit without what is explained in brackets. */
function shortUnit(unit: string | null): string | null {
  const short = unit?.replace(/\s*\(.*$/, "") ?? "";
  return short === "" || short === "number" || short.length > 40 ? null : short;
}

function contextOf(holder: Holder, docs: MethodDocs, height: number | null): LensContext {
  const outer =
    holder.outer === null
      ? baseContext(docs, { nowMs: Date.now(), height })
      : contextOf(holder.outer, docs, height);
  return innerContext(outer, unitValues(holder.message, docs));
}

function unitValues(message: ReflectMessage, docs: MethodDocs): readonly UnitValue[] {
  return message.fields.flatMap((field) => {
    if (field.fieldKind !== "scalar" || !message.isSet(field)) return [];
    const value: unknown = message.get(field);
    if (typeof value !== "bigint" && !Number.isSafeInteger(value)) return [];
    return [{ name: field.name, unit: fieldDocs(docs, field)?.unit ?? null, value: BigInt(value as number) }];
  });
}
