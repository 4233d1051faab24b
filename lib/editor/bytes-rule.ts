/** What the docs' `Bytes:` line says about a value. */
export interface BytesRule {
  /** How long each value is, or null where the line does not begin with a length. */
  readonly length: number | null;
  /** What the bytes are, in a few words: `compressed public key`. Two fields with the same words hold the same kind. */
  readonly kind: string;
  /** A transaction id in internal byte order: explorers show it reversed. */
  readonly reversed: boolean;
  /** A bearer secret: never kept or offered. */
  readonly secret: boolean;
}

/** Reads a `Bytes:` line such as `33-byte compressed public key each`; null for none. */
export function bytesRule(line: string | null | undefined): BytesRule | null {
  if (line == null || line === "") return null;
  const size = /^([1-9]\d{0,5})-byte\s+/.exec(line);
  const words = line.slice(size?.[0].length ?? 0).toLowerCase();
  const reversed = /internal byte order/.test(words);
  const kind = words
    .replace(/\s*\(.*?\)/g, "")
    .replace(/,.*$/, "")
    .replace(/\s+(?:of|that|in|on)\s.*$/, "")
    .replace(/\s+each$/, "")
    .trim();
  return {
    length: size?.[1] === undefined ? null : Number(size[1]),
    kind: reversed ? "transaction id" : kind,
    reversed,
    secret: /\bsecret\b/.test(words) || /\bpreimage\b/.test(kind),
  };
}
