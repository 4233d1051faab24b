"use client";

import { type ComponentType, type CSSProperties, type KeyboardEvent, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { endComposition, startComposition } from "./composition.ts";
import type { LiveEditorProps, Standing } from "./live-editor.tsx";
import { loadMonaco } from "./load-monaco.ts";
import styles from "./request-editor.module.css";
import type { EditorSchema, ReadyLanguage } from "./use-language.ts";

const loadLive = () => import("./live-editor.tsx");
const loadLeave = () => import("./leave.ts");

export interface RequestEditorProps {
  /** Id of the text area. */
  readonly id: string;
  /** What the text is, for those who do not see it. */
  readonly label: string;
  /** Full name of the method. */
  readonly method: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Ctrl or Cmd with Enter. */
  readonly onRun: () => void;
  readonly bytes: BytesForm;
  /** Loads the method's descriptors and docs. Called when the editor is first wanted. */
  readonly schema: () => Promise<EditorSchema | ReadyLanguage>;
}

const BEFORE: Standing = { covered: false, language: "idle", invalid: false };

/**
 * The text of a request. A text area, there from the first paint, until the editor is touched, pointed at or focused:
 * then Monaco and the method's language are loaded, and Monaco takes over in place.
 */
export function RequestEditor(props: RequestEditorProps) {
  const { id, label, value, onChange, onRun } = props;
  const root = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [Live, setLive] = useState<ComponentType<LiveEditorProps> | null>(null);
  const [standing, setStanding] = useState(BEFORE);
  const [cursor, setCursor] = useState(0);
  const [lensesAsked, setLensesAsked] = useState(0);
  const [touches, setTouches] = useState(0);
  const openType = useRef<(offset: number) => void>(() => {});
  const leave = () => {
    void loadLeave().then(({ focusAfter }) => root.current !== null && focusAfter(root.current));
  };

  function want() {
    // All at once, and not when this has been rendered. What cannot be loaded is tried again at the next touch.
    loadMonaco().catch(() => {});
    loadLeave().catch(() => {});
    loadLive().then(
      ({ LiveEditor }) => setLive(() => LiveEditor),
      () => {},
    );
    if (standing.language === "failed") setTouches((before) => before + 1);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.code === "KeyL" && event.altKey && !event.ctrlKey) {
      event.preventDefault();
      setLensesAsked((before) => before + 1);
    } else if (event.key === "F12") {
      event.preventDefault();
      openType.current(cursor);
    } else if (event.key === "Escape" && !event.nativeEvent.isComposing) leave();
  }

  const lines = { "--lines": value.split("\n").length } as CSSProperties;
  return (
    <div
      ref={root}
      className={styles.editor}
      data-editor={standing.covered ? "monaco" : "text"}
      data-language={standing.language}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is the text area in it that is used */}
      <div className={styles.frame} style={lines} onPointerEnter={want} onFocus={want}>
        <textarea
          ref={area}
          id={id}
          className={styles.text}
          aria-label={label}
          aria-describedby={`${id}-keys ${id}-problems`}
          aria-invalid={standing.invalid}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onCompositionStart={startComposition}
          onCompositionEnd={endComposition}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          data-covered={standing.covered ? "" : undefined}
        />
        <div ref={host} className={styles.monaco} hidden={!standing.covered} />
      </div>
      <p id={`${id}-keys`} className="visually-hidden">
        Ctrl or Cmd with Enter runs the request. Escape leaves the editor. Tab moves on until the full editor
        is loaded; then it indents, and Ctrl+M has it move on again. Ctrl with Space completes, Ctrl with a
        full stop offers fixes, Alt with L shows the value at the cursor in other words, F12 opens the page of
        its type, Shift with Alt and F lays the request out.
      </p>
      {Live === null ? (
        <div className={styles.foot}>
          <span className={styles.keys} aria-hidden="true">
            Esc leaves · Ctrl+M: Tab moves on
          </span>
        </div>
      ) : (
        <Live
          {...props}
          places={{ area, host }}
          cursor={cursor}
          onCursor={setCursor}
          lensesAsked={lensesAsked}
          onLenses={() => setLensesAsked((before) => before + 1)}
          onLeave={leave}
          touches={touches}
          onStanding={setStanding}
          openType={openType}
        />
      )}
    </div>
  );
}
