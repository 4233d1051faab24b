/** What a `Limits:` line says about a whole number, as far as it is plain. */
export interface LimitsRule {
  readonly min: bigint | null;
  readonly max: bigint | null;
  readonly multipleOf: bigint | null;
}

const n = String.raw`(-?[\d,]{1,26})`;
const range = new RegExp(`^${n} to ${n}$`);
const atLeast = new RegExp(`^(?:at least ${n}|${n} or more)$`);
const atMost = new RegExp(`^at most ${n}$`);
const multiple = new RegExp(`^a (positive )?multiple of ${n}$`);

/** Reads a `Limits:` line such as `144 to 52,560`. Null for one that depends on anything else. */
export function limitsRule(line: string | null | undefined): LimitsRule | null {
  if (line == null || line.length > 200) return null;
  const words = line.toLowerCase().trim();
  const none = { min: null, max: null, multipleOf: null };
  const between = range.exec(words);
  if (between !== null) return { ...none, min: big(between[1]), max: big(between[2]) };
  const least = atLeast.exec(words);
  if (least !== null) return { ...none, min: big(least[1] ?? least[2]) };
  const most = atMost.exec(words);
  if (most !== null) return { ...none, max: big(most[1]) };
  const times = multiple.exec(words);
  if (times === null) return null;
  return { ...none, min: times[1] === undefined ? null : 1n, multipleOf: big(times[2]) };
}

/** The allowed number next to a value, or null where the value is allowed. */
export function nextAllowed(value: bigint, { min, max, multipleOf }: LimitsRule): bigint | null {
  let next = value;
  if (multipleOf !== null && multipleOf > 0n && next % multipleOf !== 0n) next -= next % multipleOf;
  if (min !== null && next < min) next = multipleOf ?? min;
  if (max !== null && next > max) next = max;
  return next === value ? null : next;
}

function big(digits: string | undefined): bigint {
  return BigInt((digits ?? "0").replaceAll(",", ""));
}
