import type { Address } from "./address.ts";
import type { ProfileServices } from "./daemon-defaults.ts";
import type { ServedProfile } from "./profile-store.ts";

/** Where a running sandbox listens, and its files. Its auctioneer has the same certificate and asks for no macaroon. */
export interface SandboxEndpoints {
  readonly daemon: Address;
  readonly auctioneer: Address;
  readonly rest?: Address;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
  readonly network: string;
}

/** The sandbox's name, which no daemon may take. */
export const SANDBOX_LABEL = "Sandbox";

/** The profile of the embedded sandbox, the only one that takes writes. */
export function sandboxProfile(at: SandboxEndpoints, services: ProfileServices): ServedProfile {
  return {
    id: "sandbox",
    label: SANDBOX_LABEL,
    kind: "sandbox",
    network: at.network,
    endpoints: [
      {
        address: at.daemon,
        ...(at.rest !== undefined && { rest: at.rest }),
        services: services.daemon,
        tlsCertPath: at.tlsCertPath,
        macaroonPath: at.macaroonPath,
      },
      {
        address: at.auctioneer,
        services: services.auctioneer,
        tlsCertPath: at.tlsCertPath,
        macaroonPath: null,
      },
    ],
  };
}
