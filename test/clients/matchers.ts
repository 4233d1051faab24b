import type { JsonValue } from "@bufbuild/protobuf";

/** What differs from one run to the next, by the reason why. Everything else has to be equal to the last digit. */
const MATCHERS: Readonly<Record<string, { readonly fields: readonly string[]; readonly form: RegExp }>> = {
  /** Moments: each client's world begins at its own. */
  "nanoseconds since 1970": {
    fields: ["creation_timestamp_ns", "timestamp_ns"],
    form: /^1[5-9]\d{17}$/,
  },
  "seconds since 1970": {
    fields: ["timestamp", "clear_timestamp", "time_created", "next_batch_clear_timestamp", "time"],
    form: /^1[5-9]\d{8}$/,
  },
  "seconds until the next batch": { fields: ["next_batch_seconds"], form: /^\d{1,3}$/ },
  /** 32 bytes that the auctioneer draws for each commitment. */
  challenge: { fields: ["challenge"], form: /^[\w+/]{43}=$/ },
  /** JSON text with the moments of its world. */
  "an exported world": { fields: ["world"], form: /^eyJmb3JtYXQi/ },
};

/** The reply with the name of a matcher in the place of what it matches. A value of another form stays, and differs. */
export function maskVarying(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(maskVarying);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const matcher = Object.entries(MATCHERS).find(
        ([, { fields, form }]) => fields.includes(name) && typeof member === "string" && form.test(member),
      );
      return [name, matcher === undefined ? maskVarying(member) : `<${matcher[0]}>`];
    }),
  );
}
