import styles from "./api-switcher.module.css";
import type { NavigationApi } from "./navigation.tsx";

/** Leads to the other APIs of the site. There is none where the site has one API. */
export function ApiSwitcher({
  apis,
  current,
  pathname,
  onGo,
}: {
  readonly apis: readonly NavigationApi[];
  readonly current: NavigationApi | undefined;
  readonly pathname: string;
  readonly onGo: () => void;
}) {
  if (apis.length < 2) return null;
  return (
    <section className={styles.apis}>
      <h2 id="apis">APIs</h2>
      <ul className={styles.list} aria-labelledby="apis">
        {apis.map((api) => (
          <li key={api.base}>
            <a
              href={api.base}
              onClick={onGo}
              aria-current={api.base === pathname ? "page" : api === current ? "true" : undefined}
            >
              {api.title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
