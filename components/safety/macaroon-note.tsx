import { lazy, Suspense, useState } from "react";
import { assertNever } from "../../lib/call/assert-never.ts";
import type { Profile } from "../../lib/call/profile.ts";
import styles from "./macaroon-note.module.css";
import { type MacaroonStanding, macaroonStanding } from "./macaroon-standing.ts";

const MacaroonDetails = lazy(() =>
  import("./macaroon-details.tsx").then(({ MacaroonDetails }) => ({ default: MacaroonDetails })),
);

/** Whether this profile's macaroon may call the method; what it holds and the least that could, when unfolded. */
export function MacaroonNote({
  profile,
  method,
  permissions,
}: {
  readonly profile: Profile | null;
  readonly method: string;
  /** What the method needs; null where that is not known. */
  readonly permissions: readonly string[] | null;
}) {
  const [opened, setOpened] = useState(false);
  const standing = profile === null ? null : macaroonStanding(profile, method, permissions, Date.now());
  if (profile === null || standing === null) return null;
  return (
    <details className={styles.note} data-standing={standing.kind} onToggle={() => setOpened(true)}>
      <summary>
        <span className={styles.sign} aria-hidden="true">
          {standing.kind === "permits" ? "✓" : standing.kind === "opaque" ? "?" : "!"}
        </span>
        <span>
          <Sentence standing={standing} />
        </span>
      </summary>
      {opened && (
        <Suspense fallback={<p className={styles.waiting}>Reading the macaroon.</p>}>
          <MacaroonDetails profile={profile} method={method} permissions={permissions} />
        </Suspense>
      )}
    </details>
  );
}

function Sentence({ standing }: { readonly standing: MacaroonStanding }) {
  switch (standing.kind) {
    case "permits":
      return "Your macaroon may call this";
    case "lacks":
      return (
        <>
          Your macaroon lacks <code>{standing.lacking.join(", ")}</code>: the daemon will refuse this
        </>
      );
    case "expired":
      return `Your macaroon has expired: ${standing.file}`;
    case "unreadable":
      return `Your macaroon cannot be used, ${standing.why}: ${standing.file}`;
    case "opaque":
      return "Your macaroon does not say what it permits: only the daemon knows";
    default:
      return assertNever(standing);
  }
}
