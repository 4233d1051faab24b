import styles from "./outcome-note.module.css";

/** Stands in place of a reply that holds secrets. */
export function SecretCover({ onShow }: { readonly onShow: () => void }) {
  return (
    <div className={styles.cover}>
      <p>
        This reply holds secrets: whoever has them can use them. They are masked, and are kept nowhere:
        neither in the history nor for later requests.
      </p>
      <p>
        <code aria-hidden="true">••••••••••••••••••••••••</code>
      </p>
      <button
        type="button"
        onClick={(event) => {
          const panel = event.currentTarget.closest<HTMLElement>("[role=tabpanel]");
          // The button goes away with the cover: what comes in its place gets the focus.
          if (panel !== null) panel.tabIndex = -1;
          panel?.focus();
          onShow();
        }}
      >
        Show secrets
      </button>
    </div>
  );
}
