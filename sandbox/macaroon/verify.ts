import macaroons, { type Macaroon } from "macaroon";
import { permissionsIn } from "../../lib/macaroon/identifier.ts";
import { lackingPermissions } from "../../lib/macaroon/permissions.ts";
import { readBinaryForm } from "./binary-form.ts";
import { recent } from "./recent.ts";

/** Fully qualified method → permissions such as `account:read`. */
export type Permissions = Readonly<Record<string, readonly string[]>>;

/** Why a macaroon was refused, in the daemon's words; undefined where the call may go on. */
export type Refused = string | undefined;

/** What a check needs besides the header. */
export interface MacaroonCheck {
  readonly rootKey: Uint8Array;
  readonly permissions: Permissions;
  /** Milliseconds since 1970, for `time-before`. */
  readonly now: () => number;
}

/** Checks the `macaroon` metadata of calls, each to a fully qualified method. */
export function macaroonChecker(check: MacaroonCheck): (header: string | null, method: string) => Refused {
  const verified = recent((header) => verify(header, check.rootKey));
  return (header, method) =>
    permits(header === null ? verify(null, check.rootKey) : verified(header), method, check);
}

/** Checks the `macaroon` metadata of one call. */
export function checkMacaroon(header: string | null, method: string, check: MacaroonCheck): Refused {
  return permits(verify(header, check.rootKey), method, check);
}

/** What a macaroon that this root key has signed holds. */
interface Verified {
  readonly permissions: readonly string[];
  readonly conditions: readonly string[];
}

/** Reads a header and verifies its signature; a text says why not. Nothing in this depends on the time or the method. */
function verify(header: string | null, rootKey: Uint8Array): Verified | string {
  // Two headers of one name arrive joined; hex has no comma.
  const values = header === null ? [] : header.split(",");
  if (values.length !== 1) {
    return `expected 1 macaroon, got ${values.length}`;
  }
  const hex = values[0]?.trim() ?? "";
  const bad = badHex(hex);
  if (bad !== undefined) {
    return bad;
  }
  const parsed = parse(Buffer.from(hex, "hex"));
  if (typeof parsed === "string") {
    return parsed;
  }
  const conditions: string[] = [];
  try {
    parsed.verify(rootKey, (condition) => {
      conditions.push(condition);
      return null;
    });
  } catch (error) {
    return `verification failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  return { permissions: permissionsIn(parsed.identifier) ?? [], conditions };
}

function permits(verified: Verified | string, method: string, check: MacaroonCheck): Refused {
  if (typeof verified === "string") {
    return verified;
  }
  if (lackingPermissions(verified.permissions, check.permissions[method] ?? null, method).length > 0) {
    return "permission denied";
  }
  return verified.conditions
    .map((condition) => failedCaveat(condition, check.now()))
    .find((reason) => reason !== undefined);
}

function badHex(text: string): Refused {
  const wrong = [...text].find((char) => !/[0-9a-fA-F]/.test(char));
  if (wrong !== undefined) {
    const point = (wrong.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `encoding/hex: invalid byte: U+${point} '${wrong}'`;
  }
  if (text.length % 2 === 1) {
    return "encoding/hex: odd length hex string";
  }
  return text.length === 0 ? "empty macaroon data" : undefined;
}

function parse(bytes: Uint8Array): Macaroon | string {
  if (bytes[0] !== 2) {
    return "cannot determine data format of binary-encoded macaroon";
  }
  const form = readBinaryForm(bytes);
  if ("error" in form) {
    return `unmarshal v2: ${form.error}`;
  }
  try {
    return macaroons.importMacaroon(bytes.subarray(0, form.end));
  } catch (error) {
    return `unmarshal v2: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function failedCaveat(condition: string, now: number): Refused {
  const [name, argument = ""] = condition.split(/ (.*)/s);
  if (name !== "time-before") {
    return `caveat "${condition}" not satisfied: caveat not recognized`;
  }
  const until = Date.parse(argument);
  // A time that cannot be read is over: a caveat that is not understood must not open the door.
  return now < until ? undefined : `caveat "${condition}" not satisfied: macaroon has expired`;
}
