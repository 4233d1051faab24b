import type { Profile } from "../call/profile.ts";

/** Where a client finds a method's service, by names: addresses and paths, never what is in a file. */
export interface ClientProfile {
  /** `host:port` of gRPC. */
  readonly address: string;
  /** `host:port` of REST; null where it is not known: the snippets take it from the environment then. */
  readonly rest: string | null;
  readonly network: string;
  /** `~/.pool/regtest/tls.cert`. The home folder is written `~`. */
  readonly tlsCert: string;
  /** null: the service asks for none. */
  readonly macaroon: string | null;
}

/** What a client has to know of the profile to reach a service; null where the profile does not serve it. */
export function clientProfile(profile: Profile, service: string): ClientProfile | null {
  const endpoint = profile.endpoints.find(({ services }) => services.includes(service));
  if (endpoint === undefined) return null;
  const { address, tlsCert, macaroon, rest = null } = endpoint;
  return { address, rest, network: profile.network, tlsCert, macaroon };
}

/** A path below the home folder without its `~/`, or null for any other. */
export function belowHome(path: string): string | null {
  return path.startsWith("~/") ? path.slice(2) : null;
}

/** The environment variable that names the REST address where the profile does not. */
export const REST_VARIABLE = "REST_ADDRESS";

/** The command that says where REST is, where the profile does not. */
export function restSetup({ rest }: ClientProfile): string[] {
  return rest === null ? [`export ${REST_VARIABLE}=localhost:PORT`] : [];
}
