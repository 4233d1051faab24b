import { exactInteger, isDecimal } from "../schema/exact-number.ts";

/**
 * The JSON of a number as it was typed, digit by digit. `before`: what the text has there; what was in quotes stays in
 * them. What is no number is written in quotes, where its problem is told.
 */
export function numberLiteral(typed: string, input: "integer" | "decimal", before: string | null): string {
  const bare = input === "integer" ? exactInteger(typed).kind === "integer" : isDecimal(typed);
  return bare && before?.startsWith('"') !== true ? typed : JSON.stringify(typed);
}

/** The JSON of a text. */
export function stringLiteral(typed: string): string {
  return JSON.stringify(typed);
}
