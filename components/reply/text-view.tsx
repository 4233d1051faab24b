"use client";

import {
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { heightOf, onHeightChange } from "../shell/live-height.ts";
import { followsEnd } from "./follow-end.ts";
import { JsonLine } from "./json-line.tsx";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { SearchBox } from "./search-box.tsx";
import text from "./text-view.module.css";
import { useRows } from "./use-rows.ts";
import { useSight } from "./use-sight.ts";

const LINE_HEIGHT = 20;

/** So many lines are in sight at once: the browser's own search finds what is in them. */
const FEW_LINES = 22;

/** Lines that are in the page while the end is followed: they may all be other ones in every frame. */
const FOLLOWED_LINES = 60;

/** The text of a run's messages. Only the lines in sight are in the page; the call worker writes and searches them. */
export function TextView({
  run,
  bytes,
  profile,
  label,
  streams,
  received,
  actions,
  lean,
}: {
  readonly run: RemoteRun;
  readonly bytes: BytesForm;
  /** Id of the profile that the run was on: its chain's height says when a block is due. */
  readonly profile: string | null;
  readonly label: string;
  /** Messages follow one another: the end is kept in sight, unless the reader has gone away from it. */
  readonly streams: boolean;
  readonly received: number;
  /** What else stands above the text. */
  readonly actions: ReactNode;
  /** Whether nothing stands above a text of few lines, and no actions above any. */
  readonly lean: boolean;
}) {
  const sight = useSight(run, "text");
  const read = () => (profile === null ? null : heightOf(profile));
  const height = useSyncExternalStore(onHeightChange, read, () => null);
  const total = sight?.total ?? 0;
  const rows = useRows(total, LINE_HEIGHT);
  const { scroller, from } = rows;
  const [following, setFollowing] = useState(streams);
  const count = following ? Math.min(rows.count, FOLLOWED_LINES) : rows.count;
  const [query, setQuery] = useState("");
  const [hit, setHit] = useState<{ index: number; line: number; column: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const topBefore = useRef(0);
  const revealedAt = useRef(-1);
  const goAgain = useRef<(() => Promise<void>) | null>(null);
  const search = query.trim();

  useEffect(() => {
    run.look({ kind: "text", from: following ? "end" : from, count, search, height }, bytes);
  }, [run, bytes, following, from, count, search, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines move the end
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || !following) return;
    box.scrollTop = box.scrollHeight;
    topBefore.current = box.scrollTop;
  }, [total, following, scroller]);

  // The first place in or after what is in sight is gone to as soon as there is one.
  const found = sight?.search?.query === search ? sight.search : null;
  const some = found !== null && found.count > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only new words lead to another place
  useEffect(() => {
    setHit(null);
    if (some) void goTo({ kind: "hit", fromLine: rows.top });
  }, [search, some, bytes]);

  function reveal(line: number) {
    setFollowing(false);
    rows.reveal(line);
    topBefore.current = scroller.current?.scrollTop ?? 0;
    revealedAt.current = topBefore.current;
  }

  // A place was gone to by where it was thought to be: once all lines are counted it is known, unless one has gone on.
  const complete = sight?.complete === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it becomes known
  useEffect(() => {
    if (complete && scroller.current?.scrollTop === revealedAt.current) void goAgain.current?.();
    goAgain.current = null;
  }, [complete]);

  async function goTo(question: { kind: "hit"; index: number } | { kind: "hit"; fromLine: number }) {
    const place = await run.ask(question);
    if (place === null) return;
    setHit(place);
    reveal(place.line);
    if (!complete) goAgain.current = () => goTo({ kind: "hit", index: place.index });
  }

  async function goToMessage(message: number) {
    reveal(await run.ask({ kind: "line-of", message }));
    if (!complete) goAgain.current = () => goToMessage(message);
  }

  function step(by: 1 | -1) {
    if (found === null || found.count === 0) return;
    const next = hit === null ? 0 : (hit.index + by + found.count) % found.count;
    void goTo({ kind: "hit", index: next });
  }

  function onScroll(event: UIEvent<HTMLDivElement>) {
    const box = event.currentTarget;
    if (streams) setFollowing(followsEnd(following, topBefore.current, box));
    topBefore.current = box.scrollTop;
    rows.onScroll(event);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    input.current?.select();
    input.current?.focus();
  }

  const shown = sight === null ? [] : windowOf(sight, from, count, following);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the field in it, which can be reached without
    <div onKeyDown={onKeyDown}>
      <div className={styles.toolbar} hidden={lean && total <= FEW_LINES && !streams}>
        <SearchBox
          input={input}
          query={query}
          onQuery={setQuery}
          found={found}
          index={hit?.index ?? null}
          onStep={step}
          onLeave={() => {
            setQuery("");
            scroller.current?.focus();
          }}
        />
        {streams && (
          <StreamControls
            received={received}
            following={following}
            onFollow={setFollowing}
            onJump={goToMessage}
          />
        )}
        {!lean && <span className={styles.end}>{actions}</span>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={text.scroll} aria-label={label} tabIndex={0} onScroll={onScroll}>
        <pre
          className={text.lines}
          style={{
            height: rows.height,
            minWidth: `max(100%, calc(${Math.min(sight?.widest ?? 0, 20_100)}ch + 36px))`,
          }}
        >
          {shown.length > 0 && (
            <div className={text.window} style={{ top: rows.offsetOf(shown[0]?.number ?? 0) }}>
              {shown.map(({ number, line, hint }, index) => (
                // Lines that change all the time keep their elements, and get another text.
                <Line key={following ? index : number} hint={hint} last={index === shown.length - 1}>
                  <JsonLine
                    text={line}
                    search={search.toLowerCase()}
                    current={hit?.line === number ? hit.column : null}
                  />
                </Line>
              ))}
            </div>
          )}
        </pre>
      </section>
    </div>
  );
}

function Line({
  hint,
  last,
  children,
}: {
  readonly hint: string | null;
  readonly last: boolean;
  readonly children: ReactNode;
}) {
  return (
    <>
      {children}
      {/* Shown by the style sheet: whoever selects the text gets what came, and nothing else. */}
      {hint !== null && <span className={text.hint} data-hint={hint} />}
      {last ? "" : "\n"}
    </>
  );
}

/** For a stream: whether the end is kept in sight, and a way to a message by its number. */
function StreamControls({
  received,
  following,
  onFollow,
  onJump,
}: {
  readonly received: number;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  readonly onJump: (message: number) => Promise<void>;
}) {
  const [number, setNumber] = useState("");
  const wanted = Number(number.replaceAll(",", ""));
  const there = Number.isInteger(wanted) && wanted >= 1 && wanted <= received;
  return (
    <span className={styles.group}>
      <button
        type="button"
        className={styles.button}
        aria-pressed={following}
        onClick={() => onFollow(!following)}
      >
        Follow
      </button>
      <form
        style={{ display: "contents" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (there) void onJump(wanted - 1);
        }}
      >
        <input
          className={`${styles.field} ${styles.number}`}
          inputMode="numeric"
          autoComplete="off"
          placeholder="message"
          aria-label={`Number of a message, 1 to ${received}`}
          aria-invalid={number !== "" && !there}
          value={number}
          onChange={({ target }) => setNumber(target.value)}
        />
        <button type="submit" className={styles.button} disabled={!there}>
          Go to
        </button>
      </form>
    </span>
  );
}

/** The lines that are to be in the page, of those that have come. */
function windowOf(
  sight: {
    readonly from: number;
    readonly lines: readonly string[];
    readonly hints: readonly (string | null)[];
  },
  from: number,
  count: number,
  following: boolean,
) {
  const numbered = sight.lines.map((line, index) => ({
    number: sight.from + index,
    line,
    hint: sight.hints[index] ?? null,
  }));
  if (following) return numbered.slice(-count);
  const inRange = numbered.filter(({ number }) => number >= from && number < from + count);
  return inRange.length > 0 ? inRange : numbered.slice(0, count);
}
