/** An exact number: `num / den`, `den` above 0. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

export type Rounding = "nearest" | "down" | "up";

export function ratio(num: bigint, den = 1n): Ratio {
  return den < 0n ? { num: -num, den: -den } : { num, den };
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.num, den: a.den * b.den };
}

export function plus(a: Ratio, whole: bigint): Ratio {
  return { num: a.num + whole * a.den, den: a.den };
}

/** `a / b`; `b` is not 0. */
export function over(a: Ratio, b: Ratio): Ratio {
  return ratio(a.num * b.den, a.den * b.num);
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A decimal number as it is typed: `1,000,000`, `0.5`, `4.96e-06`. Null for anything else, and for very long ones. */
export function parseRatio(text: string): Ratio | null {
  const bare = text.trim().replaceAll(/(?<=\d)[,_ \u00a0\u202f](?=\d{3}(?!\d))/g, "");
  const match = decimal.exec(bare);
  if (match === null || bare.length > 100) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? ratio(digits * 10n ** BigInt(shift)) : ratio(digits, 10n ** BigInt(-shift));
}

/** The whole number beside a ratio. `nearest` rounds halves away from 0, `down` towards minus infinity. */
export function round({ num, den }: Ratio, rounding: Rounding): bigint {
  const floor = (n: bigint) => (n >= 0n || n % den === 0n ? n / den : n / den - 1n);
  switch (rounding) {
    case "down":
      return floor(num);
    case "up":
      return -floor(-num);
    case "nearest": {
      const size = num < 0n ? -num : num;
      const rounded = (2n * size + den) / (2n * den);
      return num < 0n ? -rounded : rounded;
    }
  }
}

export function isWhole({ num, den }: Ratio): boolean {
  return num % den === 0n;
}

/** Plain decimal digits with at most `places` after the point, rounded to nearest, without zeros at the end. */
export function toDecimal(value: Ratio, places: number): string {
  const scaled = round(times(value, ratio(10n ** BigInt(places))), "nearest");
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${scaled < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The same for reading: thousands apart, whole numbers as they are, and otherwise four digits that count. */
export function toReadable(value: Ratio): string {
  const size = value.num < 0n ? -value.num : value.num;
  const whole = size / value.den;
  let places = whole === 0n ? 4 : Math.max(0, 4 - whole.toString().length);
  while (whole === 0n && size !== 0n && places < 16 && size * 10n ** BigInt(places - 3) < value.den) places++;
  return grouped(toDecimal(value, places));
}

/** Decimal digits with their thousands apart: `1,000,000.5`. */
export function grouped(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
