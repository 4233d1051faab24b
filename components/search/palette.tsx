import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Hit } from "../../lib/search/query.ts";
import { HIT_KINDS } from "../../lib/search/search-index.ts";
import { Marked } from "./marked.tsx";
import styles from "./palette.module.css";
import { forgetHits, keepHit, recentHits } from "./recent-hits.ts";
import { useSearch } from "./use-search.ts";

/** How far the list moves with PageUp and PageDown. */
const PAGE = 6;
const TEXT = 150;

/** The search over everything, open from the start. `typed` is what was typed before it had loaded. */
export function Palette({ typed, onClose }: { readonly typed: string; readonly onClose: () => void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState(typed);
  const [recent, setRecent] = useState(recentHits);
  const [at, setAt] = useState(0);
  const { state, retry } = useSearch(query);
  const hits = state.kind === "found" ? state.hits : state.kind === "empty" ? recent : [];

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the best of new hits is the one that Enter opens
  useEffect(() => {
    setAt(0);
    list.current?.scrollTo({ top: 0 });
  }, [hits]);

  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  function open(hit: Hit, newTab: boolean) {
    keepHit(hit);
    if (newTab) {
      window.open(hit.href, "_blank");
      setRecent(recentHits());
      return;
    }
    const link = list.current?.querySelector<HTMLAnchorElement>(`[data-at="${hits.indexOf(hit)}"]`);
    // The dialog gives the focus back as it closes, and that must not scroll away from where the link leads.
    dialog.current?.close();
    link?.click();
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
    };
    const step = steps[event.key];
    const chosen = hits[at];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      const next = Math.abs(step) === 1 ? (at + step + hits.length) % hits.length : at + step;
      setAt(Math.max(0, Math.min(hits.length - 1, next)));
    } else if (event.key === "Enter" && chosen !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(chosen, event.ctrlKey || event.metaKey);
    }
  }

  function onClick(event: MouseEvent, hit: Hit) {
    keepHit(hit);
    // A click with a key opens another tab, and the palette stays. One of ours has closed it already.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (dialog.current?.open) dialog.current.close();
  }

  const count = state.kind === "found" ? hits.length : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key that closes it is Esc, which a dialog knows by itself
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Search"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className={styles.inside}>
        <div className={styles.bar}>
          <input
            autoFocus
            type="text"
            inputMode="search"
            enterKeyHint="go"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="Search names, fields, commands, errors, guides, notebooks"
            role="combobox"
            aria-label="Search names, fields, commands, errors, guides and notebooks"
            aria-autocomplete="list"
            aria-expanded={hits.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={hits.length > 0 ? `${id}-${at}` : undefined}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <button type="button" className={styles.close} onClick={() => dialog.current?.close()}>
            <span className={styles.key} aria-hidden="true">
              Esc
            </span>
            <span className={styles.word}>Close</span>
          </button>
        </div>
        {state.kind === "empty" && recent.length > 0 && (
          <div className={styles.heading}>
            <span>Opened last</span>
            <button
              type="button"
              onClick={() => {
                forgetHits();
                setRecent([]);
              }}
            >
              Clear
            </button>
          </div>
        )}
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label="Results"
          className={styles.list}
          hidden={hits.length === 0}
        >
          {hits.map((hit, i) => (
            <a
              key={hit.href}
              id={`${id}-${i}`}
              data-at={i}
              role="option"
              aria-selected={i === at}
              tabIndex={-1}
              href={hit.href}
              onClick={(event) => onClick(event, hit)}
              onPointerMove={() => setAt(i)}
            >
              <span className={styles.kind} data-kind={hit.kind}>
                {HIT_KINDS[hit.kind]}
              </span>
              <span className={styles.name}>
                <strong>
                  <Marked text={hit.title} query={query} />
                </strong>
                {hit.context !== "" && <span className={styles.context}>{hit.context}</span>}
              </span>
              {hit.text !== "" && (
                <span className={styles.text}>
                  <Marked text={hit.text} query={query} most={TEXT} />
                </span>
              )}
            </a>
          ))}
        </div>
        <div className={styles.note} role="status">
          {state.kind === "empty" && recent.length === 0 && (
            <p>
              Everything on this site: methods, messages and their fields, commands, REST paths, permissions,
              error texts, guides and notebooks. Parts of a name are enough, in any style.
            </p>
          )}
          {state.kind === "loading" && <p>Loading the index.</p>}
          {count === 0 && (
            <p>
              Nothing is called <strong>{query}</strong> or speaks of it. Fewer words find more.
            </p>
          )}
          {count !== null && count > 0 && (
            <span className="visually-hidden">
              {count} {count === 1 ? "result" : "results"}
            </span>
          )}
          {state.kind === "problem" && (
            <p>
              The index could not be loaded: {state.message}.{" "}
              <button type="button" onClick={retry}>
                Try again
              </button>
            </p>
          )}
        </div>
        <p className={styles.keys} aria-hidden="true">
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> choose
          </span>
          <span>
            <kbd>Enter</kbd> open
          </span>
          <span>
            <kbd>Ctrl</kbd> or <kbd>⌘</kbd> <kbd>Enter</kbd> in a new tab
          </span>
        </p>
      </div>
    </dialog>
  );
}
