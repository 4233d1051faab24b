import { useEffect, useLayoutEffect, useRef, useState } from "react";
import styles from "./try-it.module.css";

/** Run and cancel; for streams from the client also send and half-close. */
export function RunButtons(props: {
  readonly running: boolean;
  readonly clientStreams: boolean;
  readonly halfClosed: boolean;
  /** Whether the method is a write: the button says so. */
  readonly write: boolean;
  readonly disabled: boolean;
  /** Starts the last stream anew; null where there is none that has ended. */
  readonly onReconnect: (() => void) | null;
  readonly onRun: () => void;
  readonly onSend: () => void;
  readonly onHalfClose: () => void;
  readonly onCancel: () => void;
}) {
  const settled = useSettled(props.running);
  const root = useKeptFocus();
  // The keys keep one button, and with it the focus, where another word comes to stand on it.
  if (!settled) {
    return (
      <div ref={root} className={styles.buttons}>
        {props.onReconnect !== null && !props.running && (
          <button
            type="button"
            className={styles.quiet}
            disabled={props.disabled}
            title="Ctrl or ⌘ + Shift + Enter"
            onClick={props.onReconnect}
          >
            Reconnect
          </button>
        )}
        <button
          key="main"
          type="button"
          className={styles.run}
          disabled={props.disabled}
          aria-disabled={props.running}
          onClick={props.running ? undefined : props.onRun}
        >
          {props.clientStreams ? "Start" : props.write ? "Run write" : "Run"}
          <RunKey />
        </button>
      </div>
    );
  }
  return (
    <div ref={root} className={styles.buttons}>
      {props.clientStreams && !props.halfClosed && (
        <button key="main" type="button" className={styles.run} onClick={props.onSend}>
          Send
        </button>
      )}
      {props.clientStreams && !props.halfClosed && (
        <button
          type="button"
          className={styles.quiet}
          title="Ctrl or ⌘ + Shift + Enter"
          onClick={props.onHalfClose}
        >
          End sending
        </button>
      )}
      <button
        key={props.clientStreams ? "cancel" : "main"}
        type="button"
        className={styles.cancel}
        onClick={props.onCancel}
      >
        Cancel
      </button>
    </div>
  );
}

/** For the element that holds the buttons: when the one with the focus goes, the main one, which stays, has it. */
function useKeptFocus() {
  const root = useRef<HTMLDivElement>(null);
  const held = root.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!held || root.current?.contains(document.activeElement)) return;
    const buttons = [...(root.current?.querySelectorAll("button") ?? [])];
    (buttons.find(({ className }) => className === styles.run) ?? buttons[0])?.focus();
  });
  return root;
}

const SETTLE_MS = 400;

/** Whether it has run for a moment: the second click of a double click on Run is not meant to cancel. */
function useSettled(running: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      setSettled(false);
    };
  }, [running]);
  return running && settled;
}

/** The keys that run the request, as the reader's keyboard names them. */
function RunKey() {
  const [modifier, setModifier] = useState("Ctrl ");
  useEffect(() => {
    if (/mac|iphone|ipad/i.test(navigator.userAgent)) setModifier("⌘");
  }, []);
  return (
    <span className={styles.key} aria-hidden="true">
      {modifier}↵
    </span>
  );
}
