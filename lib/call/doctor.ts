/** What is looked at, in this order. What follows a stage that failed may not be reached. */
export type DoctorStageName = "tcp" | "tls" | "macaroon" | "permissions" | "version" | "network" | "host";

/** What one stage of a check found. `GET /api/doctor?profile=<id>` answers with one of these in JSON on each line. */
export interface DoctorStage {
  readonly stage: DoctorStageName;
  /** `host:port` that it was looked at. */
  readonly address: string;
  /** `warning`: it works, and is worth a look. */
  readonly state: "ok" | "warning" | "failed" | "not-reached";
  /** What was found; of a failure also what to do. Holds no credential. */
  readonly sentence: string;
  /** Details by name: names, dates, fingerprints. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export const DOCTOR_STAGES = {
  tcp: "Address",
  tls: "TLS",
  macaroon: "Macaroon",
  permissions: "Permissions",
  version: "Version",
  network: "Network",
  host: "Daemon",
} as const satisfies Record<DoctorStageName, string>;
