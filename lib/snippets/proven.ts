import record from "./proven.json" with { type: "json" };

interface Proof {
  readonly versions: readonly string[];
  readonly methods: readonly string[];
}

const LANGUAGES: Readonly<Record<string, Proof>> = record.languages;

/** What a method's snippet was run with (`grpcio 1.85.1, Python 3.11.7`) when the record was made; null where it was not. */
export function provenWith(language: string, method: string): string | null {
  const proof = LANGUAGES[language];
  return proof?.methods.includes(method) === true ? proof.versions.join(", ") : null;
}
