import type { Profile } from "../../lib/call/profile.ts";
import { expiryMs, lackingPermissions } from "../../lib/macaroon/permissions.ts";

/** Whether a profile's macaroon may call a method, as far as the macaroon itself says. `file` is its path as shown. */
export type MacaroonStanding =
  | { readonly kind: "permits"; readonly file: string }
  | { readonly kind: "lacks"; readonly file: string; readonly lacking: readonly string[] }
  | { readonly kind: "expired"; readonly file: string; readonly at: Date }
  | { readonly kind: "unreadable"; readonly file: string; readonly why: string }
  /** It does not say what it permits: only the daemon knows. */
  | { readonly kind: "opaque"; readonly file: string };

/** Null where the method is not served, or no macaroon is sent there. `needed`: null where that is not known. */
export function macaroonStanding(
  profile: Profile,
  method: string,
  needed: readonly string[] | null,
  nowMs: number,
): MacaroonStanding | null {
  const service = method.slice(0, method.lastIndexOf("."));
  const endpoint = profile.endpoints.find(({ services }) => services.includes(service));
  if (endpoint === undefined || endpoint.macaroon === null) return null;
  const { grant, macaroon: file } = endpoint;
  if (grant.kind === "none") return null;
  if (grant.kind === "unreadable") return { kind: "unreadable", file, why: grant.why };
  const end = expiryMs(grant.caveats);
  if (end !== null && end <= nowMs) return { kind: "expired", file, at: new Date(end) };
  if (grant.kind === "opaque") return { kind: "opaque", file };
  const lacking = lackingPermissions(grant.permissions, needed, method);
  return lacking.length === 0 ? { kind: "permits", file } : { kind: "lacks", file, lacking };
}
