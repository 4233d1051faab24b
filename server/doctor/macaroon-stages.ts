import { accessOf } from "../../lib/call/access.ts";
import type { MacaroonGrant } from "../../lib/call/profile.ts";
import { expiryMs, lackingPermissions } from "../../lib/macaroon/permissions.ts";
import type { Permissions } from "../policy/access.ts";
import { type Finding, failed, notReached, ok, warning } from "./stage.ts";

const HOUR_MS = 3_600_000;

/** Whether the macaroon's file can be read and is well formed. `path` as it may be shown; null: none is sent. */
export function checkMacaroonFile(grant: MacaroonGrant, path: string | null): Finding {
  if (path === null || grant.kind === "none") return ok("No macaroon is sent to this address.");
  if (grant.kind === "unreadable") {
    return failed(`The macaroon ${path} cannot be used: ${grant.why}. Put the daemon's own macaroon there.`);
  }
  return ok(`${path} holds a macaroon.`, [
    ["Restrictions", grant.caveats.length === 0 ? "none" : grant.caveats.join("; ")],
  ]);
}

/** What the macaroon says that it permits, of the methods (full names) that the address serves. */
export function checkPermissions(
  grant: MacaroonGrant,
  methods: readonly string[],
  needed: Permissions,
  nowMs: number,
): Finding {
  if (grant.kind === "none") return ok("None are needed: no macaroon is sent.");
  if (grant.kind === "unreadable") return notReached("There is no macaroon to look into.");
  const end = expiryMs(grant.caveats);
  if (end !== null && end <= nowMs) {
    return failed(
      `The macaroon has expired (${grant.caveats.find((text) => text.startsWith("time-before"))}). Give one that has not.`,
    );
  }
  if (grant.kind === "opaque") {
    return warning("The macaroon does not say what it permits, so only the daemon knows.");
  }
  const held = grant.permissions;
  const allowed = methods.filter(
    (name) => lackingPermissions(held, needed.get(name) ?? null, name).length === 0,
  );
  const writes = allowed.filter((name) => accessOf(needed.get(name) ?? null) === "write").length;
  const lacking = [
    ...new Set(methods.flatMap((name) => lackingPermissions(held, needed.get(name) ?? null, name))),
  ];
  const facts: [string, string][] = [["Permits", held.length === 0 ? "nothing" : held.join(", ")]];
  if (lacking.length > 0) facts.push(["Lacks", lacking.join(", ")]);
  const counted = `It permits ${allowed.length} of ${methods.length} methods, ${writes} of them writes`;
  if (allowed.length === 0) {
    return failed(`${counted}. It is a macaroon of something else: put the daemon's own there.`, facts);
  }
  return end !== null && end - nowMs < HOUR_MS
    ? warning(
        `${counted}, and ends in ${Math.ceil((end - nowMs) / 60_000)} min. Give a fresh one in time.`,
        facts,
      )
    : ok(`${counted}.`, facts);
}
