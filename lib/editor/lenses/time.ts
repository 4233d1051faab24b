import { over, type Ratio, ratio, round, toReadable } from "./ratio.ts";

/** What a block takes on average: ten minutes. */
export const blockMs = 600_000n;

/** The range of JavaScript's dates. */
const mostMs = 8_640_000_000_000_000n;

/** `2026-03-01 12:00 UTC`. */
export function dateText(ms: bigint): string {
  const date = inputDate(ms);
  return date === "" ? "beyond any calendar" : `${date.replace("T", " ")} UTC`;
}

/** What an input of the kind `datetime-local` holds, in UTC; empty beyond the calendar. */
export function inputDate(ms: bigint): string {
  if (ms > mostMs || ms < -mostMs) return "";
  const text = new Date(Number(ms)).toISOString();
  return text.length === 24 ? text.slice(0, 16) : "";
}

/** Milliseconds since 1970 of `2026-03-01`, `2026-03-01T12:00` or `2026-03-01 12:00:30`, read as UTC. */
export function readDate(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)Z?)?$/.exec(text.trim());
  if (match?.[1] === undefined) return null;
  const ms = Date.parse(`${match[1]}T${match[2] ?? "00:00"}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** How long so many blocks take on average: `14 days`, `12 hours`. */
export function spanText(blocks: Ratio): string {
  const minutes = { num: blocks.num * 10n, den: blocks.den };
  const size = round(minutes, "nearest");
  if (size < 120n) return `${size} minutes`;
  const [length, name] = size < 48n * 60n ? ([60n, "hours"] as const) : ([1440n, "days"] as const);
  const tenths = round(over(minutes, ratio(length, 10n)), "nearest");
  return `${toReadable(ratio(tenths, 10n))} ${name}`;
}
