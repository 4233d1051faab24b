/** What a field counts, as far as there is another way to say it. */
export type Unit =
  | { readonly kind: "sat" | "msat" | "ppb-per-block" | "fraction-per-block" | "ppm" }
  /** Whole units of so many sat. */
  | { readonly kind: "units"; readonly sats: bigint }
  | { readonly kind: "blocks" | "height" }
  | { readonly kind: "sat-per-kw" | "sat-per-vbyte" }
  /** Time since 1970, in so many to the second. */
  | { readonly kind: "unix"; readonly perSecond: bigint };

const plain: readonly (readonly [RegExp, Unit])[] = [
  [/^(sat|sats|satoshis?)$/, { kind: "sat" }],
  [/^(msat|millisatoshis?|millisats?)$/, { kind: "msat" }],
  [/^(sats?|satoshis?)\s?(\/|per)\s?(kw|kweight|1,?000 weight units)$/, { kind: "sat-per-kw" }],
  [/^(sats?|satoshis?)\s?(\/|per)\s?(vb|vbyte|virtual byte)$/, { kind: "sat-per-vbyte" }],
  [/^(ppb|parts per billion)( of the amount)? per block$/, { kind: "ppb-per-block" }],
  [/^fraction per block$/, { kind: "fraction-per-block" }],
  [/^(ppm|parts per million)$/, { kind: "ppm" }],
  [/^(block )?height$/, { kind: "height" }],
  [/^blocks$/, { kind: "blocks" }],
  [/^(unix )?seconds since 1970$|^unix (seconds|time)$/, { kind: "unix", perSecond: 1n }],
  [/^unix (milliseconds|ms)$/, { kind: "unix", perSecond: 1000n }],
  [/^unix (microseconds|us)$/, { kind: "unix", perSecond: 1_000_000n }],
  [/^unix (nanoseconds|ns)$/, { kind: "unix", perSecond: 1_000_000_000n }],
];

/** Reads a `Unit:` line of the docs, such as `ppb per block (parts per billion …)`. Null for one without lenses. */
export function parseUnit(line: string | null | undefined): Unit | null {
  if (line == null || line.length > 200) return null;
  const words = line
    .toLowerCase()
    .replace(/\s*\(.*$/, "")
    .trim();
  const units = /^units? of ([\d,]{1,20}) sats?$/.exec(words)?.[1];
  if (units !== undefined) {
    const sats = BigInt(units.replaceAll(",", ""));
    return sats === 0n ? null : { kind: "units", sats };
  }
  return plain.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
