import type { Profile } from "../../lib/call/profile.ts";
import { uriPermission } from "../../lib/macaroon/permissions.ts";
import styles from "./macaroon-note.module.css";

/** What the macaroon holds and is restricted by, and the least one that could make this call. */
export function MacaroonDetails({
  profile,
  method,
  permissions,
}: {
  readonly profile: Profile;
  readonly method: string;
  readonly permissions: readonly string[] | null;
}) {
  const service = method.slice(0, method.lastIndexOf("."));
  const endpoint = profile.endpoints.find(({ services }) => services.includes(service));
  if (endpoint === undefined || endpoint.macaroon === null) return null;
  const { grant, macaroon } = endpoint;
  const caveats = grant.kind === "known" || grant.kind === "opaque" ? grant.caveats : [];
  return (
    <dl className={styles.details}>
      <dt>File</dt>
      <dd>
        <code>{macaroon}</code>
      </dd>
      {grant.kind === "known" && (
        <>
          <dt>Permits</dt>
          <dd>
            <Codes items={grant.permissions} none="nothing" />
          </dd>
        </>
      )}
      <dt>Restricted by</dt>
      <dd>
        <Codes items={caveats} none="nothing: it has no caveats" />
      </dd>
      <dt>The least that could</dt>
      <dd>
        {permissions !== null && (
          <>
            <Codes items={permissions} none="a macaroon without permissions" />, or for this method alone{" "}
          </>
        )}
        <code>{uriPermission(method)}</code>. <a href="/guides/macaroons">How to have one</a>
      </dd>
    </dl>
  );
}

function Codes({ items, none }: { readonly items: readonly string[]; readonly none: string }) {
  if (items.length === 0) return none;
  return items.map((item, index) => (
    <span key={item}>
      {index > 0 && ", "}
      <code>{item}</code>
    </span>
  ));
}
