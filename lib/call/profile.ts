/**
 * A named endpoint as the browser sees it. Addresses and paths are for display and snippets: no request carries
 * them back, and no credential is in here.
 */
export interface Profile {
  readonly id: string;
  readonly label: string;
  readonly kind: "sandbox" | "daemon";
  /** `mainnet`, `testnet`, `regtest`, `simnet`, `signet`. */
  readonly network: string;
  /** Where each service is served; a service that is not here is not served by this profile. */
  readonly endpoints: readonly ProfileEndpoint[];
  readonly writes: WriteRule;
}

/**
 * What the server does with a write. `free`: lets it through (the sandbox). `locked`: refuses it, until the reader turns
 * writes on. `confirmed`: lets it through with a confirmation that it issued for this very request.
 */
export type WriteRule = "free" | "locked" | "confirmed";

/** One address of a profile, with its files written the short way (`~/.pool/regtest/tls.cert`). */
export interface ProfileEndpoint {
  readonly address: string;
  /** Where the same services are served over REST, where that is known. */
  readonly rest?: string;
  readonly services: readonly string[];
  readonly tlsCert: string;
  readonly macaroon: string | null;
  readonly grant: MacaroonGrant;
}

/**
 * What the macaroon of an endpoint says that it permits, read anew whenever its file changes. Whether the daemon takes it,
 * the daemon knows. `none`: none is sent. `opaque`: a macaroon that does not say what it permits. Nothing secret is in here:
 * neither signature nor identifier.
 */
export type MacaroonGrant =
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "opaque"; readonly caveats: readonly string[] }
  /** Permissions as `entity:action`; caveats in one line each (`time-before 2030-01-01T00:00:00Z`). */
  | { readonly kind: "known"; readonly permissions: readonly string[]; readonly caveats: readonly string[] };

/** The reply of `GET /api/profiles`. */
export interface ProfileList {
  readonly profiles: readonly Profile[];
  /** The id that a page starts with. */
  readonly selected: string;
}
