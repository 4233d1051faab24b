import { type DescField, ScalarType } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import { formatBytes, writeLens } from "../schema/bytes-lens.ts";
import { fromHex } from "../schema/bytes-text.ts";
import { integerRange } from "../schema/scalar-range.ts";
import { type BytesRule, bytesRule } from "./bytes-rule.ts";
import { fieldDocs } from "./describe.ts";
import type { RecentValue } from "./recent-values.ts";

/** A value seen before, as it would be written in a field. */
export interface FittingValue {
  readonly recent: RecentValue;
  /** What stands in the quotes, or the digits of a number. */
  readonly value: string;
  readonly quoted: boolean;
}

/** More than these are not offered at once. */
const most = 12;

/** Those of the values that a field can take, best first: of the same name, then of the same kind, newest first. */
export function fittingRecents(
  recents: readonly RecentValue[],
  field: DescField,
  docs: MethodDocs,
  form: BytesForm,
): readonly FittingValue[] {
  const rule = bytesRule(fieldDocs(docs, field)?.bytes);
  return recents
    .flatMap((recent) => {
      const fit = fitOf(recent, field, rule, form);
      return fit === null ? [] : [{ ...fit, recent, score: fit.score + nameScore(recent.field, field.name) }];
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ recent, value, quoted }) => ({ recent, value, quoted }));
}

function fitOf(
  recent: RecentValue,
  field: DescField,
  rule: BytesRule | null,
  form: BytesForm,
): { value: string; quoted: boolean; score: number } | null {
  if (field.scalar === ScalarType.BYTES) {
    if (recent.form === "string") {
      const isTxid =
        rule?.reversed === true && /^[0-9a-f]{64}$/.test(recent.value) && /txid/.test(recent.field);
      return isTxid ? { value: writeLens("txid", recent.value, form), quoted: true, score: 2 } : null;
    }
    const bytes = recent.form === "bytes" ? fromHex(recent.value) : null;
    if (bytes === null || (rule?.length != null && rule.length !== bytes.length)) return null;
    const sameKind = rule !== null && rule.kind === recent.bytesKind;
    return { value: formatBytes(form, bytes), quoted: true, score: sameKind ? 2 : 0 };
  }
  if (field.scalar === ScalarType.STRING) {
    return recent.form === "string" ? { value: recent.value, quoted: true, score: 0 } : null;
  }
  const isInteger = field.scalar !== undefined && integerRange(field.scalar) !== null;
  return isInteger && recent.form === "integer" ? { value: recent.value, quoted: false, score: 0 } : null;
}

/** 4 for the same name, 1 for names that end with the same word (`trader_key`, `account_key`), repeated or not. */
function nameScore(a: string, b: string): number {
  const [one, other] = [a, b].map((name) => name.replace(/s$/, ""));
  if (one === other) return 4;
  return lastWord(one) === lastWord(other) ? 1 : 0;
}

function lastWord(name: string | undefined): string {
  return name?.slice(name.lastIndexOf("_") + 1) ?? "";
}
