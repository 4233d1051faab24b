import { assertNever } from "../../call/assert-never.ts";
import type { LensContext } from "./context.ts";
import { grouped, plus, type Ratio, type Rounding, ratio, round, times, toReadable } from "./ratio.ts";
import { blockMs, dateText, spanText } from "./time.ts";
import type { Unit } from "./unit.ts";

/** A lens as arithmetic: what is shown is a multiple of the value, or a date that follows from it. */
export type Rule = ScaleRule | DateRule;

interface ScaleRule {
  readonly kind: "scale";
  readonly id: string;
  readonly label: string;
  readonly factor: Ratio;
  /** Added after that. */
  readonly offset?: bigint;
  /** Digits after the point that a text has at most; four that count where it is not said. */
  readonly places?: number;
  /** After the number in a text: ` BTC`. */
  readonly suffix: string;
  readonly hint: boolean;
  /** A daemon cuts off what is less than one: the lens does so too. Back, the least value that gives as much. */
  readonly whole?: boolean;
  readonly back?: Rounding;
  readonly text?: (value: Ratio) => string;
}

interface DateRule {
  readonly kind: "date";
  readonly id: string;
  readonly label: string;
  readonly hint: boolean;
  readonly toMs: (value: Ratio) => bigint;
  readonly toValue: (ms: number) => Ratio;
  readonly text: (ms: bigint) => string;
}

const satsPerBtc = 100_000_000n;
const billion = 1_000_000_000n;
const blocksPerYear = 52_560n;
/** A kiloweight unit is 250 virtual bytes. */
const vbytesPerKw = 250n;

/** The lenses of a unit, in the order to show them. */
export function lensRules(unit: Unit, context: LensContext): readonly Rule[] {
  switch (unit.kind) {
    case "sat":
      return [
        btc(1n, 1n),
        ...(context.unitSats === null
          ? []
          : [scale("units", `units of ${sats(context.unitSats)}`, ratio(1n, context.unitSats), " units")]),
      ];
    case "msat":
      return [
        { ...scale("sat", "sat", ratio(1n, 1000n)), places: 3 },
        { ...btc(1n, 1000n), hint: false },
      ];
    case "units":
      return [scale("sat", "sat", ratio(unit.sats)), btc(unit.sats, 1n)];
    case "ppb-per-block":
      return rateRules(ratio(1n, billion), context);
    case "fraction-per-block":
      return rateRules(ratio(1n), context);
    case "ppm":
      return [percent("percent", "%", ratio(1n, 1_000_000n), " %")];
    case "sat-per-kw":
      return [scale("sat-per-vbyte", "sat/vB", ratio(1n, vbytesPerKw))];
    case "sat-per-vbyte":
      return [scale("sat-per-kw", "sat/kw", ratio(vbytesPerKw))];
    case "blocks":
      return blockRules(context);
    case "height":
      return context.height === null ? [] : heightRules(BigInt(context.height), context.nowMs);
    case "unix":
      return [unixRule(unit.perSecond)];
    default:
      return assertNever(unit);
  }
}

/** `fraction`: what the value is of the amount, per block. */
function rateRules(fraction: Ratio, { amount, blocks }: LensContext): readonly Rule[] {
  const found: Rule[] = [];
  if (blocks !== null) {
    const label = `% over ${grouped(blocks.toString())} blocks`;
    found.push(percent("percent", label, times(fraction, ratio(blocks)), ` ${label}`));
  }
  found.push(percent("apr", "% a year (APR)", times(fraction, ratio(blocksPerYear)), " % APR"));
  if (blocks !== null && amount !== null) {
    const factor = times(fraction, ratio(amount * blocks));
    const label = `sat premium on ${sats(amount)}`;
    found.push({ ...scale("premium", label, factor, " sat premium"), whole: true, back: "up" });
  }
  found.push({
    ...percent("percent-per-block", "% per block", fraction, " % per block"),
    hint: blocks === null,
  });
  return found;
}

function blockRules({ nowMs, height }: LensContext): readonly Rule[] {
  const days: Rule = {
    ...scale("days", "days", ratio(1n, 144n)),
    text: (days: Ratio) => spanText(times(days, ratio(144n))),
  };
  const date: Rule = {
    kind: "date",
    id: "date",
    label: "about until (UTC)",
    hint: false,
    toMs: (value) => BigInt(nowMs) + round(times(value, ratio(blockMs)), "nearest"),
    toValue: (ms) => ratio(BigInt(ms) - BigInt(nowMs), blockMs),
    text: (ms) => `until about ${dateText(ms)}`,
  };
  if (height === null) return [days, date];
  const end = {
    ...scale("end", "block height at its end", ratio(1n), ""),
    offset: BigInt(height),
    hint: false,
  };
  return [days, date, { ...end, text: (value: Ratio) => `until block ${toReadable(value)}` }];
}

function heightRules(now: bigint, nowMs: number): readonly Rule[] {
  const date: Rule = {
    kind: "date",
    id: "date",
    label: "about at (UTC)",
    hint: true,
    toMs: (value) => BigInt(nowMs) + round(times(plus(value, -now), ratio(blockMs)), "nearest"),
    toValue: (ms) => ratio(now * blockMs + BigInt(ms) - BigInt(nowMs), blockMs),
    text: (ms) => `about ${dateText(ms)}`,
  };
  const away = { ...scale("away", "blocks from now", ratio(1n)), offset: -now, hint: false };
  return [date, { ...away, text: awayText }];
}

function awayText(blocks: Ratio): string {
  const size = { num: blocks.num < 0n ? -blocks.num : blocks.num, den: blocks.den };
  const span = `${toReadable(size)} ${isOne(size) ? "block" : "blocks"} (${spanText(size)})`;
  return blocks.num < 0n ? `${span} ago` : `in ${span}`;
}

function isOne({ num, den }: Ratio): boolean {
  return num === den;
}

function unixRule(perSecond: bigint): Rule {
  return {
    kind: "date",
    id: "date",
    label: "date (UTC)",
    hint: true,
    toMs: (value) => round(times(value, ratio(1000n, perSecond)), "down"),
    toValue: (ms) => ratio(BigInt(ms) * perSecond, 1000n),
    text: dateText,
  };
}

function scale(id: string, label: string, factor: Ratio, suffix = ` ${label}`): ScaleRule {
  return { kind: "scale", id, label, factor, suffix, hint: true };
}

function percent(id: string, label: string, fraction: Ratio, suffix: string): ScaleRule {
  return scale(id, label, times(fraction, ratio(100n)), suffix);
}

function btc(times: bigint, parts: bigint): ScaleRule {
  return { ...scale("btc", "BTC", ratio(times, satsPerBtc * parts)), places: 11 };
}

function sats(amount: bigint): string {
  return `${grouped(amount.toString())} sat`;
}
