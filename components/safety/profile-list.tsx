"use client";

import { useId } from "react";
import type { Profile, ProfileEndpoint, WriteRule } from "../../lib/call/profile.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import { DoctorCheck } from "./doctor-check.tsx";
import styles from "./profile-list.module.css";
import { WriteSwitch } from "./write-switch.tsx";

/** The page of each service by its full name. */
export type ServicePages = Readonly<Record<string, string>>;

/** Every profile of this server: where it is, its files, what its macaroon permits, whether it takes writes. */
export function ProfileList({ pages }: { readonly pages: ServicePages }) {
  const { profiles, current, problem, select } = useProfiles();
  if (problem !== null) return <p role="alert">{problem}</p>;
  if (profiles.length === 0) return <p role="status">Asking the server for its profiles.</p>;
  return profiles.map((profile) => (
    <ProfileSection
      key={profile.id}
      profile={profile}
      pages={pages}
      selected={profile.id === current?.id}
      onSelect={() => select(profile.id)}
    />
  ));
}

function ProfileSection({
  profile,
  pages,
  selected,
  onSelect,
}: {
  readonly profile: Profile;
  readonly pages: ServicePages;
  readonly selected: boolean;
  readonly onSelect: () => void;
}) {
  const id = useId();
  const mainnet = profile.kind === "daemon" && profile.network === "mainnet";
  return (
    <section className={styles.profile} aria-labelledby={id} data-mainnet={mainnet}>
      <header>
        <h2 id={id}>{profile.label}</h2>
        <span className={styles.network}>{mainnet ? "MAINNET" : profile.network}</span>
        {selected ? (
          <span className={styles.selected}>calls go here</span>
        ) : (
          <button type="button" onClick={onSelect}>
            Send calls here
          </button>
        )}
      </header>
      {profile.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.address} endpoint={endpoint} pages={pages} />
      ))}
      <p className={styles.writes}>
        <strong>Writes.</strong> {WRITES[profile.writes]} <WriteSwitch profile={profile} />
      </p>
      <DoctorCheck profile={profile} />
    </section>
  );
}

const WRITES = {
  free: "They run at once: nothing here is real.",
  locked: "Off: this profile is read-only here, whatever its macaroon permits.",
  confirmed: "On, until you turn them off or the site is stopped. Each one asks you to confirm it.",
} as const satisfies Record<WriteRule, string>;

function Endpoint({ endpoint, pages }: { readonly endpoint: ProfileEndpoint; readonly pages: ServicePages }) {
  const { address, services, tlsCert, macaroon, grant } = endpoint;
  return (
    <dl className={styles.endpoint}>
      <dt>Address</dt>
      <dd>
        <code>{address}</code>
      </dd>
      <dt>Serves</dt>
      <dd>
        {services.map((name) => (
          <a key={name} href={pages[name]}>
            {name}
          </a>
        ))}
      </dd>
      <dt>Certificate</dt>
      <dd>
        <code>{tlsCert}</code>
      </dd>
      <dt>Macaroon</dt>
      <dd>{macaroon === null ? "none is sent" : <code>{macaroon}</code>}</dd>
      {grant.kind === "known" && (
        <>
          <dt>It permits</dt>
          <dd>
            {grant.permissions.length === 0
              ? "nothing"
              : grant.permissions.map((permission) => <code key={permission}>{permission}</code>)}
          </dd>
        </>
      )}
      {(grant.kind === "known" || grant.kind === "opaque") && grant.caveats.length > 0 && (
        <>
          <dt>Restricted by</dt>
          <dd>
            {grant.caveats.map((caveat) => (
              <code key={caveat}>{caveat}</code>
            ))}
          </dd>
        </>
      )}
      {grant.kind === "opaque" && (
        <>
          <dt>It permits</dt>
          <dd>what only the daemon knows</dd>
        </>
      )}
      {grant.kind === "unreadable" && (
        <>
          <dt>It cannot be used</dt>
          <dd className={styles.bad}>{grant.why}</dd>
        </>
      )}
    </dl>
  );
}
