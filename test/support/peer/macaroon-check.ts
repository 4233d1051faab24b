import { createRequire } from "node:module";

interface Macaroon {
  addFirstPartyCaveat(condition: Uint8Array): void;
  exportBinary(): Uint8Array;
  verify(rootKey: Uint8Array, check: (condition: string) => string | null): void;
}

// The package has no types of its own.
const library = createRequire(import.meta.url)("macaroon") as {
  newMacaroon(parts: { identifier: Uint8Array; location: string; rootKey: Uint8Array; version: 2 }): Macaroon;
  importMacaroon(bytes: Uint8Array): Macaroon;
};

const IDENTIFIER = Buffer.from("peer-root-key-0");

/** A macaroon made with the root key, binary V2. A caveat makes it fail, as this server knows none. */
export function mintMacaroon(rootKey: Uint8Array, caveats: readonly string[] = []): Uint8Array {
  const made = library.newMacaroon({ identifier: IDENTIFIER, location: "pool", rootKey, version: 2 });
  for (const caveat of caveats) made.addFirstPartyCaveat(Buffer.from(caveat));
  return made.exportBinary();
}

/** Checks the values of the metadata `macaroon`: null when the call may pass, else a daemon's words. */
export function refuseMacaroon(rootKey: Uint8Array, values: readonly string[]): string | null {
  const [value] = values;
  if (values.length !== 1 || value === undefined) return `expected 1 macaroon, got ${values.length}`;
  const stranger = /[^0-9a-f]/i.exec(value)?.[0];
  if (stranger !== undefined) {
    const code = stranger.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `encoding/hex: invalid byte: U+${code} '${stranger}'`;
  }
  if (value.length % 2 === 1) return "encoding/hex: odd length hex string";
  if (value === "") return "empty macaroon data";
  const presented = parse(Buffer.from(value, "hex"));
  if (presented === null) return "cannot determine data format of binary-encoded macaroon";
  try {
    presented.verify(rootKey, (condition) => `caveat "${condition}" not satisfied`);
    return null;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return `verification failed: ${why}`;
  }
}

function parse(bytes: Uint8Array): Macaroon | null {
  try {
    return library.importMacaroon(new Uint8Array(bytes));
  } catch {
    return null;
  }
}
