import type { LensContext } from "./context.ts";
import { lensRules, type Rule } from "./lens-rules.ts";
import {
  grouped,
  isWhole,
  over,
  parseRatio,
  plus,
  type Ratio,
  type Rounding,
  ratio,
  round,
  times,
  toDecimal,
  toReadable,
} from "./ratio.ts";
import { inputDate, readDate } from "./time.ts";
import { parseUnit } from "./unit.ts";

/** One other way to say a value. */
export interface Lens {
  /** Names the lens among those of the value's unit. */
  readonly id: string;
  /** What the number is then: `BTC`, `% over 2,016 blocks`. */
  readonly label: string;
  readonly input: "decimal" | "datetime";
  /** As an input holds it: decimal digits, or `2026-03-01T12:00` in UTC. */
  readonly value: string;
  /** For reading, with its unit: `0.01 BTC`. */
  readonly text: string;
  /** Whether it is short and telling enough to stand beside the value. */
  readonly hint: boolean;
}

/** What was typed into a lens, as the integer that the field then has. */
export type LensReading =
  | {
      readonly kind: "ok";
      readonly value: string;
      /** Whether the integer says just what was typed, and not the nearest that there is. */
      readonly exact: boolean;
    }
  | { readonly kind: "problem"; readonly message: string };

/**
 * The lenses of a value by its field's `Unit:` line, in the order to show them; none where the unit has none or the value
 * is no number. `value`: decimal digits of any length, or a float's text. Exact but for `text`.
 */
export function lensesOf(unit: string | null, value: string, context: LensContext): readonly Lens[] {
  const number = parseRatio(value);
  const read = parseUnit(unit);
  if (number === null || read === null) return [];
  return lensRules(read, context).map((rule) => shown(rule, number));
}

/** Reads what was typed into the lens `id` of a field. */
export function readLens(unit: string | null, id: string, text: string, context: LensContext): LensReading {
  const read = parseUnit(unit);
  const rule = read === null ? undefined : lensRules(read, context).find((each) => each.id === id);
  if (rule === undefined) return { kind: "problem", message: "This value cannot be written that way here." };
  if (rule.kind === "date") {
    const ms = readDate(text);
    if (ms === null) return { kind: "problem", message: "Write a date and time such as 2026-03-01T12:00." };
    return written(rule.toValue(ms), "nearest");
  }
  const typed = parseRatio(text);
  if (typed === null) return { kind: "problem", message: `Write a number of ${rule.label}.` };
  return written(over(plus(typed, -(rule.offset ?? 0n)), rule.factor), rule.back ?? "nearest");
}

function written(value: Ratio, rounding: Rounding): LensReading {
  const whole = round(value, rounding);
  if (whole < 0n) return { kind: "problem", message: "That would be less than 0." };
  return { kind: "ok", value: whole.toString(), exact: isWhole(value) };
}

function shown(rule: Rule, value: Ratio): Lens {
  const { id, label, hint } = rule;
  if (rule.kind === "date") {
    const ms = rule.toMs(value);
    return { id, label, input: "datetime", value: inputDate(ms), text: rule.text(ms), hint };
  }
  const exact = plus(times(value, rule.factor), rule.offset ?? 0n);
  const result = rule.whole === true ? ratio(round(exact, "down")) : exact;
  const digits = rule.places === undefined ? toReadable(result) : grouped(toDecimal(result, rule.places));
  const suffix = digits === "1" ? rule.suffix.replace(/ units$/, " unit") : rule.suffix;
  const text = rule.text?.(result) ?? `${digits}${suffix}`;
  return { id, label, input: "decimal", value: toDecimal(result, 12), text, hint };
}
