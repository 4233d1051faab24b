import styles from "./footer.module.css";

export interface FooterSource {
  readonly title: string;
  readonly release: string;
  readonly commit: string;
  readonly url: string;
}

/** Says which upstream version the pages describe. */
export function Footer({ source }: { readonly source: FooterSource }) {
  return (
    <footer className={styles.footer}>
      {source.title} {source.release}, generated against commit{" "}
      <a href={source.url} rel="noreferrer">
        <code>{source.commit.slice(0, 12)}</code>
      </a>
    </footer>
  );
}
