import type { MacaroonGrant, Profile } from "../../lib/call/profile.ts";
import { type Address, formatAddress } from "./address.ts";
import { shortenHome } from "./home-path.ts";
import { grantReader } from "./macaroon-grant.ts";

/** Where a profile reaches some services, with the files that open them. Never leaves the server. */
export interface Endpoint {
  readonly address: Address;
  /** Where the same is served over REST, where that is known. Nothing is sent there: the page tells it. */
  readonly rest?: Address;
  /** Full names: `poolrpc.Trader`. */
  readonly services: readonly string[];
  readonly tlsCertPath: string;
  readonly macaroonPath: string | null;
}

/** A profile as the server knows it. */
export interface ServedProfile {
  readonly id: string;
  readonly label: string;
  readonly kind: Profile["kind"];
  readonly network: string;
  readonly endpoints: readonly Endpoint[];
}

/** The profiles of one server. They are fixed when it starts: no request adds, changes or names an address. */
export interface ProfileStore {
  /** As the browser may see them, with what their macaroons permit now. */
  list(): readonly Profile[];
  get(id: string): ServedProfile | undefined;
  /** The id that a page starts with. */
  readonly selected: string;
  /** Whether nothing but the sandbox can be reached. */
  readonly sandboxOnly: boolean;
  /** A path as it may be shown: the home folder as `~`. */
  showPath(path: string): string;
}

/** A store of `profiles`; the first is selected unless `selected` names another. `home` is written `~` in what is shown. */
export function createProfileStore(
  profiles: readonly ServedProfile[],
  options: { readonly home: string; readonly selected?: string },
): ProfileStore {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const selected = options.selected ?? profiles[0]?.id;
  if (selected === undefined || !byId.has(selected)) throw new Error("a server needs a selected profile");
  if (byId.size !== profiles.length) throw new Error("two profiles have the same id");
  const grants = new Map(
    profiles.flatMap(({ endpoints }) => endpoints).map((each) => [each, grantReader(each.macaroonPath)]),
  );
  const showGrant = (endpoint: Endpoint) => grants.get(endpoint)?.() ?? { kind: "none" };
  return {
    list: () => profiles.map((profile) => showProfile(profile, options.home, showGrant)),
    get: (id) => byId.get(id),
    selected,
    sandboxOnly: profiles.every((profile) => profile.kind === "sandbox"),
    showPath: (path) => shortenHome(path, options.home),
  };
}

function showProfile(
  profile: ServedProfile,
  home: string,
  showGrant: (endpoint: Endpoint) => MacaroonGrant,
): Profile {
  return {
    id: profile.id,
    label: profile.label,
    kind: profile.kind,
    network: profile.network,
    endpoints: profile.endpoints.map((endpoint) => ({
      address: formatAddress(endpoint.address),
      ...(endpoint.rest !== undefined && { rest: formatAddress(endpoint.rest) }),
      services: endpoint.services,
      tlsCert: shortenHome(endpoint.tlsCertPath, home),
      macaroon: endpoint.macaroonPath === null ? null : shortenHome(endpoint.macaroonPath, home),
      grant: showGrant(endpoint),
    })),
    writes: profile.kind === "sandbox" ? "free" : "locked",
  };
}
