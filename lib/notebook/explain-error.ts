/** Names of CEL's operators as they are written. */
const OPERATOR = /^_(.+)_$/;

/** A sentence for an error of the CEL evaluator: what does not fit, and what to write instead. */
export function explainError(message: string): string {
  const overload = /^found no matching overload for '(.+)' applied to '\((.*)\)'/.exec(message);
  if (overload !== null) {
    const [, name = "", list = ""] = overload;
    const types = list.split(", ");
    const shown = OPERATOR.exec(name)?.[1] ?? name;
    const mixed = types.includes("int") && types.includes("uint");
    const hint = mixed
      ? "; the field is unsigned: write `10u` instead of `10`, or `int(…)` around it"
      : "; `int(…)`, `uint(…)`, `double(…)` and `string(…)` convert";
    return `\`${shown}\` does not take (${types.join(", ")})${hint}`;
  }
  const unbound = /^unbound function: (.*)$/.exec(message);
  if (unbound !== null) return `there is no function \`${unbound[1]}\``;
  const field = /^field not found: (.*)$/.exec(message);
  if (field !== null) return `there is no field \`${field[1]}\` here`;
  const index = /^index (-?\d+) out of bounds/.exec(message);
  if (index !== null)
    return `the list has no element ${index[1]}: it may be empty, or shorter than was thought`;
  if (message === "unresolved attribute") return "a name in it is not known: no cell captures it";
  return message;
}
