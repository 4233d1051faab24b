const decimal = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** More digits than any protobuf integer has. */
const maxDigits = 40;

export type ExactInteger =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "fraction" }
  | { readonly kind: "huge" }
  | { readonly kind: "not-a-number" };

/** The integer that a JSON number's source text stands for, to the last digit: `1e3` and `1.0` are integers. */
export function exactInteger(source: string): ExactInteger {
  const match = decimal.exec(source);
  if (match === null) return { kind: "not-a-number" };
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return { kind: "integer", value: 0n };
  const significant = digits.replace(/0+$/, "");
  const exponent = Number(exponentText) - fraction.length + (digits.length - significant.length);
  if (exponent < 0) return { kind: "fraction" };
  if (significant.length + exponent > maxDigits) return { kind: "huge" };
  const value = BigInt(significant + "0".repeat(exponent));
  return { kind: "integer", value: sign === "-" ? -value : value };
}

/** Whether text is a JSON number. */
export function isDecimal(source: string): boolean {
  return decimal.test(source);
}
