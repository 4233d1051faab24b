import type { DoctorStage, DoctorStageName } from "../../lib/call/doctor.ts";
import type { Bridge } from "../bridge/grpc-web.ts";
import { type LiveCall, LiveStatuses, liveCallOf } from "../live.ts";
import { formatAddress } from "../profiles/address.ts";
import { grantReader } from "../profiles/macaroon-grant.ts";
import type { Endpoint, ServedProfile } from "../profiles/profile-store.ts";
import { checkHost } from "./host-stage.ts";
import { checkMacaroonFile, checkPermissions } from "./macaroon-stages.ts";
import { type Finding, notReached, stageOf } from "./stage.ts";
import { checkTcp } from "./tcp-stage.ts";
import { checkTls } from "./tls-stage.ts";
import { checkNetwork, checkVersion } from "./version-stages.ts";

/** What tells more of daemons than their connections; a stage that needs what is absent is left out. */
export interface DoctorOptions {
  readonly live?: readonly LiveCall[];
}

/** Looks at profiles from the outside in, with the parts of the bridge that calls go through. Changes nothing. */
export class Doctor {
  readonly #bridge: Bridge;
  readonly #options: DoctorOptions;

  constructor(bridge: Bridge, options: DoctorOptions) {
    this.#bridge = bridge;
    this.#options = options;
  }

  /** The stages of every address of a profile, each as soon as it is known. */
  async *examine(profile: ServedProfile): AsyncGenerator<DoctorStage, void, undefined> {
    for (const endpoint of profile.endpoints) yield* this.#examineEndpoint(profile, endpoint);
  }

  async *#examineEndpoint(
    profile: ServedProfile,
    endpoint: Endpoint,
  ): AsyncGenerator<DoctorStage, void, undefined> {
    const { profiles, limits, permissions } = this.#bridge.rules;
    const address = formatAddress(endpoint.address);
    const where = `${profile.label} at ${address}`;
    const stage = (name: DoctorStageName, finding: Finding) => stageOf(name, address, finding);
    const macaroonPath = endpoint.macaroonPath === null ? null : profiles.showPath(endpoint.macaroonPath);

    const tcp = await checkTcp(endpoint.address, where, limits.connectMs);
    yield stage("tcp", tcp);
    const { finding: tls, session } =
      tcp.state === "ok"
        ? await checkTls({
            address: endpoint.address,
            where,
            path: endpoint.tlsCertPath,
            shownPath: profiles.showPath(endpoint.tlsCertPath),
            limitMs: limits.connectMs,
          })
        : { finding: notReached("There is nothing to shake hands with."), session: null };
    try {
      yield stage("tls", tls);
      // The files can be looked at whoever listens.
      const grant = grantReader(endpoint.macaroonPath)();
      const macaroon = checkMacaroonFile(grant, macaroonPath);
      yield stage("macaroon", macaroon);
      yield stage("permissions", checkPermissions(grant, this.#methodsOf(endpoint), permissions, Date.now()));

      const live = liveCallOf(this.#options.live ?? [], endpoint.services);
      if (live === undefined) return;
      const obstacle =
        session === null
          ? "There is no trusted connection."
          : macaroon.state === "failed"
            ? "There is no macaroon to send."
            : null;
      const status = obstacle === null ? await new LiveStatuses(this.#bridge, [live]).of(profile.id) : null;
      yield stage(
        "version",
        status === null ? notReached(obstacle ?? "") : checkVersion(status, live.method),
      );
      yield stage("network", checkNetwork(profile, endpoint, status));
      if (live.hosts === undefined) return;
      yield stage(
        "host",
        session === null
          ? notReached("There is no trusted connection.")
          : await checkHost(session, live.hosts, limits.connectMs),
      );
    } finally {
      session?.destroy();
    }
  }

  /** Full names of the methods that an endpoint is said to serve. */
  #methodsOf({ services }: Endpoint): readonly string[] {
    const { registry } = this.#bridge.rules;
    return services.flatMap(
      (name) => registry.getService(name)?.methods.map((method) => `${name}.${method.name}`) ?? [],
    );
  }
}
