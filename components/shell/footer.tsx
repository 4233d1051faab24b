import styles from "./footer.module.css";

/** Texts are empty where nothing is known of the upstream version. */
export interface FooterSource {
  readonly title: string;
  readonly release: string;
  readonly commit: string;
  readonly url: string;
}

/** Says which upstream version the pages of each API describe. */
export function Footer({ sources }: { readonly sources: readonly FooterSource[] }) {
  const known = sources.filter(({ commit }) => commit !== "");
  if (known.length === 0) return null;
  return (
    <footer className={styles.footer}>
      {known.map(({ title, release, commit, url }) => (
        <div key={title}>
          {release === "" ? title : `${title} ${release}`}, generated against commit{" "}
          <a href={url} rel="noreferrer">
            <code>{commit.slice(0, 12)}</code>
          </a>
        </div>
      ))}
    </footer>
  );
}
