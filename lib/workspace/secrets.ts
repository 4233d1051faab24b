import { type JSONVisitor, visit } from "jsonc-parser";

/** Where a text holds what looks like a secret. Offsets are UTF-16 units. */
export interface FoundSecret {
  readonly offset: number;
  readonly length: number;
  /** For people: `a macaroon`. */
  readonly what: string;
}

/** A text without its secrets, and what was taken out. */
export interface Redacted {
  readonly text: string;
  readonly found: readonly FoundSecret[];
}

/**
 * Forms of secrets, wherever they stand. A macaroon of version 2 begins with 02 01 or 02 02, one of version 1 with the
 * words of its first packet; keys and hashes are shorter than any of them.
 */
const FORMS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an L402 token", pattern: /\b(?:LSAT|L402)\s+[\w+/=-]{16,}(?::[0-9a-fA-F]{2,})?/g },
  { what: "an authorization", pattern: /\b(?:Bearer|Basic)\s+[\w+/=.~-]{12,}/g },
  { what: "a macaroon", pattern: /(?<![0-9a-fA-F])(?:0[xX])?020[12][0-9a-fA-F]{96,}/g },
  { what: "a macaroon", pattern: /(?<![\w+/-])Ag[E-L][\w+/-]{61,}={0,2}/g },
  { what: "a macaroon", pattern: /(?<![0-9a-fA-F])3030[0-9a-fA-F]{4}6c6f636174696f6e[0-9a-fA-F]{40,}/g },
  { what: "a macaroon", pattern: /(?<![\w+/-])MDA[\w+/-]{2}bG9jYXRpb24[\w+/-]{40,}={0,2}/g },
  { what: "a macaroon", pattern: /(?<![\w+/-])MDA[\w+/-]{2}2xvY2F0aW9u[\w+/-]{40,}={0,2}/g },
  { what: "a macaroon", pattern: /(?<![\w+/-])MDA[\w+/-]{2}9sb2NhdGlvb[\w+/-]{40,}={0,2}/g },
];

/** Words in a field's name that say its value is a secret. */
const SECRET_WORDS = new Set([
  ...["macaroon", "preimage", "password", "passphrase", "passwd", "secret", "mnemonic", "seed", "bearer"],
  ...["privkey", "privatekey", "authorization", "cookie", "apikey"],
]);

/** What stands where a secret was. */
const REMOVED = /^<(?:a|an) [^<>]+, removed>$/;

/** What in a text looks like a secret: by its form, and for JSON by the name of its field too. In order, not overlapping. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found = [...byForm(text), ...byField(text)].sort(
    (a, b) => a.offset - b.offset || b.length - a.length,
  );
  const apart: FoundSecret[] = [];
  for (const secret of found) {
    const last = apart.at(-1);
    if (last === undefined || secret.offset >= last.offset + last.length) apart.push(secret);
  }
  return apart;
}

/** The text with each secret replaced by words that no field of bytes takes, so that it is not sent by mistake. */
export function redact(text: string): Redacted {
  const found = findSecrets(text);
  let redacted = "";
  let at = 0;
  for (const { offset, length, what } of found) {
    redacted += `${text.slice(at, offset)}<${what}, removed>`;
    at = offset + length;
  }
  return { text: redacted + text.slice(at), found };
}

/** What was found, for people: `a macaroon and an L402 token`. */
export function nameSecrets(found: readonly FoundSecret[]): string {
  const names = [...new Set(found.map(({ what }) => what))];
  return names.length < 2 ? (names[0] ?? "nothing") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Whether a field or metadata of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word, at) =>
    [word, `${word}${words[at + 1] ?? ""}`].some((each) => SECRET_WORDS.has(each)),
  );
}

function byForm(text: string): FoundSecret[] {
  return FORMS.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ offset: match.index, length: match[0].length, what })),
  );
}

/** Strings of JSON, however broken around them: by the name of their field, or by what their escapes come to. */
function byField(text: string): FoundSecret[] {
  if (!/[{[]/.test(text)) return [];
  const found: FoundSecret[] = [];
  // The name that says that what stands there is secret, or null. A name is looked at once: it may be long, and a list
  // of many texts may stand under it.
  let secret: string | null = null;
  const outer: (string | null)[] = [];
  const visitor: JSONVisitor = {
    onObjectBegin: () => {
      outer.push(secret);
    },
    onObjectProperty: (property) => {
      secret = outer.at(-1) ?? (isSecretName(property) ? property : null);
    },
    onObjectEnd: () => {
      secret = outer.pop() ?? null;
    },
    onLiteralValue: (value, offset, length) => {
      if (typeof value !== "string" || value === "" || REMOVED.test(value)) return;
      // Without escapes its forms are found where they stand in the text, and what is beside them stays.
      const escaped = value.length !== length - 2;
      const hidden = escaped ? byForm(value)[0]?.what : undefined;
      const what = secret !== null ? `a secret in ${secret}` : hidden;
      // The quotes stay.
      if (what !== undefined) found.push({ offset: offset + 1, length: length - 2, what });
    },
  };
  try {
    visit(text, visitor, { allowTrailingComma: true });
  } catch (cause) {
    // Nested deeper than the stack: no request that is read. What was found until then stays found.
    if (!(cause instanceof RangeError)) throw cause;
  }
  return found;
}
