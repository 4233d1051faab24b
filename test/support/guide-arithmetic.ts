/** `1,000,000 sat × 4,960 ÷ 1,000,000,000 = 4.96` in a text, and whether it is so. */
export interface Equation {
  readonly text: string;
  readonly holds: boolean;
}

const NUMBER = String.raw`\d[\d,]*(?:\.\d+)?(?: (?:sat|blocks?|units?|ppb|ppm|days?))?`;
const EQUATION = new RegExp(String.raw`(${NUMBER}(?: [×÷/+−-] ${NUMBER})+) = (\d[\d,]*(?:\.\d+)?)`, "g");

/** Every equation of a text. What is shown may be cut off or rounded to its digits. */
export function equations(text: string): Equation[] {
  return [...text.matchAll(EQUATION)].map(([all, left = "", right = ""]) => {
    const exact = calculate(left);
    const scale = 10 ** (right.split(".")[1]?.length ?? 0);
    const shown = Math.round(toNumber(right) * scale);
    const nearly = exact * scale;
    const holds = shown === Math.round(nearly) || shown === Math.floor(nearly + 1e-6);
    return { text: all, holds };
  });
}

/** What comes of `a × b ÷ c + d`, with × and ÷ before + and −. Words behind the numbers are ignored. */
export function calculate(expression: string): number {
  const parts = expression.match(/\d[\d,]*(?:\.\d+)?|[×÷/+−-]/g) ?? [];
  let sum = 0;
  let product = toNumber(parts[0] ?? "");
  for (let at = 1; at < parts.length; at += 2) {
    const value = toNumber(parts[at + 1] ?? "");
    const sign = parts[at];
    if (sign === "×") product *= value;
    else if (sign === "÷" || sign === "/") product /= value;
    else {
      sum += product;
      product = sign === "+" ? value : -value;
    }
  }
  return sum + product;
}

/** The cells of every table row of a Markdown text, heads and rules too. */
export function tableRows(text: string): string[][] {
  return [...text.matchAll(/^\|(.*)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
}

function toNumber(text: string): number {
  return Number(text.replaceAll(",", ""));
}
