import { fromHex } from "../schema/bytes-text.ts";
import type { InputCell } from "./notebook.ts";
import type { Value } from "./value.ts";

/** What the reader typed into an input, as a value, or the sentence that says why it is none. */
export function readInput(cell: InputCell, typed: string): Value | string {
  switch (cell.type) {
    case "text":
      return { kind: "string", value: typed };
    case "choice":
      if (cell.choices.includes(typed)) return { kind: "string", value: typed };
      return `${cell.label}: choose one of ${cell.choices.join(", ")}`;
    case "bytes": {
      const bytes = fromHex(typed.trim());
      return bytes === null
        ? `${cell.label}: write bytes as hex, two digits from 0 to f for each`
        : { kind: "bytes", value: bytes };
    }
    case "int":
      return readInteger(cell, typed.trim());
  }
}

function readInteger({ label, min, max, unit }: InputCell, typed: string): Value | string {
  if (!/^-?\d{1,19}$/.test(typed)) return `${label}: write a whole number`;
  const value = BigInt(typed);
  const least = min ?? -(2n ** 63n);
  const most = max ?? 2n ** 63n - 1n;
  if (value < least) return `${label}: at least ${least}${unit === null ? "" : ` ${unit}`}`;
  if (value > most) return `${label}: at most ${most}${unit === null ? "" : ` ${unit}`}`;
  return { kind: "int", value };
}
