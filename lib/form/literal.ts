import { exactInteger, isDecimal } from "../schema/exact-number.ts";

/**
 * The JSON of a number as it was typed, digit by digit. `before`: what the text has there; what was in quotes stays in
 * them. What is no number is written in quotes, where its problem is told.
 */
export function numberLiteral(typed: string, input: "integer" | "decimal", before: string | null): string {
  const isNumber = (text: string) =>
    input === "integer" ? exactInteger(text).kind === "integer" : isDecimal(text);
  const quoted = before?.startsWith('"') === true && isNumber(before.slice(1, -1));
  return isNumber(typed) && !quoted ? typed : JSON.stringify(typed);
}

/** The JSON of a text. */
export function stringLiteral(typed: string): string {
  return JSON.stringify(typed);
}
