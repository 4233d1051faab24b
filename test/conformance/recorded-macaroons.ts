import { randomBytes } from "node:crypto";
import { permissionsIn } from "../../lib/macaroon/identifier.ts";
import { readMacaroon } from "../../lib/macaroon/macaroon.ts";
import { bakeMacaroon } from "../../sandbox/macaroon/bake.ts";
import { type MacaroonRecipe, OWN_MACAROON, type RecordedCase } from "./recorded-case.ts";

/** A macaroon in binary is at least this long in hex: shorter texts are sent as they are. */
const HEX = /\b(?:02|03)[0-9a-fA-F]{120,}\b/g;

/**
 * Puts recipes in the place of recorded macaroons, which only the recorded daemon takes and which nobody should keep.
 * Where one identifier was recorded with several signatures, the most frequent one is the daemon's.
 */
export function translateMacaroons(cases: readonly RecordedCase[]): (recorded: RecordedCase) => RecordedCase {
  const counts = new Map<string, number>();
  for (const [hex] of JSON.stringify(cases).matchAll(HEX)) {
    counts.set(hex.toLowerCase(), (counts.get(hex.toLowerCase()) ?? 0) + 1);
  }
  const genuine = new Map<string, string>();
  for (const [hex] of [...counts].sort(([, a], [, b]) => a - b)) {
    genuine.set(identifierOf(hex) ?? "", hex);
  }
  return (recorded) => {
    const { macaroon } = recorded;
    const swap = (text: string) => text.replaceAll(HEX, OWN_MACAROON);
    const headers = Object.entries(recorded.request_headers ?? {});
    return {
      ...recorded,
      ...(typeof macaroon === "string" ? { macaroon: toRecipe(macaroon, genuine) } : {}),
      ...(headers.length > 0
        ? { request_headers: Object.fromEntries(headers.map(([name, value]) => [name, swap(value)])) }
        : {}),
      ...(recorded.rest === undefined ? {} : { rest: { ...recorded.rest, path: swap(recorded.rest.path) } }),
    };
  };
}

/** What to send for a case's macaroon: the sandbox's own, a text as recorded, or one made by its recipe. */
export function macaroonText(
  macaroon: RecordedCase["macaroon"],
  own: string,
  rootKey: Uint8Array,
): string | undefined {
  if (macaroon === undefined) return own;
  if (macaroon === null) return undefined;
  if (typeof macaroon === "string") return macaroon;
  const ops = new Map<string, string[]>();
  for (const permission of macaroon.permissions) {
    const [entity = "", action = ""] = permission.split(/:(.*)/s);
    ops.set(entity, [...(ops.get(entity) ?? []), action]);
  }
  const baked = bakeMacaroon(
    macaroon.foreignKey ? randomBytes(32) : rootKey,
    [...ops].map(([entity, actions]) => ({ entity, actions })),
  );
  const bytes = macaroon.spoiled ? baked.map((byte, n) => (n === baked.length - 1 ? byte ^ 1 : byte)) : baked;
  const hex = Buffer.from(bytes).toString("hex");
  return macaroon.upperCase ? hex.toUpperCase() : hex;
}

function toRecipe(hex: string, genuine: ReadonlyMap<string, string>): string | MacaroonRecipe {
  const reading = readMacaroon(Buffer.from(hex, "hex"));
  const permissions = reading === undefined ? null : permissionsIn(reading.macaroon.identifier);
  if (reading === undefined || permissions === null) return hex;
  return {
    permissions,
    ...(reading.macaroon.location === "pool" ? {} : { foreignKey: true as const }),
    ...(genuine.get(identifierOf(hex) ?? "") === hex.toLowerCase() ? {} : { spoiled: true as const }),
    ...(/[A-F]/.test(hex) ? { upperCase: true as const } : {}),
  };
}

function identifierOf(hex: string): string | undefined {
  const identifier = readMacaroon(Buffer.from(hex, "hex"))?.macaroon.identifier;
  return identifier && Buffer.from(identifier).toString("hex");
}
