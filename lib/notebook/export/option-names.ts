/** Flags that every exported program may have. */
export const FROM_SCENARIO = "from-scenario";
export const ALLOW_WRITE = "allow-write";

const TAKEN = new Set([FROM_SCENARIO, ALLOW_WRITE, "help"]);

/** The flag of an input, without its dashes: `how-many`. */
export function optionName(input: string): string {
  const name = input.replaceAll("_", "-");
  return TAKEN.has(name) ? `${name}-input` : name;
}
