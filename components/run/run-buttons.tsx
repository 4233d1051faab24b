import { useEffect, useState } from "react";
import styles from "./try-it.module.css";

/** Run and cancel; for streams from the client also send and half-close. */
export function RunButtons(props: {
  readonly running: boolean;
  readonly clientStreams: boolean;
  readonly halfClosed: boolean;
  /** Whether the method is a write: the button says so. */
  readonly write: boolean;
  readonly disabled: boolean;
  readonly onRun: () => void;
  readonly onSend: () => void;
  readonly onHalfClose: () => void;
  readonly onCancel: () => void;
}) {
  if (!props.running) {
    return (
      <div className={styles.buttons}>
        <button type="button" className={styles.run} disabled={props.disabled} onClick={props.onRun}>
          {props.clientStreams ? "Start" : props.write ? "Run write" : "Run"}
          <RunKey />
        </button>
      </div>
    );
  }
  return (
    <div className={styles.buttons}>
      {props.clientStreams && !props.halfClosed && (
        <>
          <button type="button" className={styles.run} onClick={props.onSend}>
            Send
          </button>
          <button type="button" className={styles.quiet} onClick={props.onHalfClose}>
            End sending
          </button>
        </>
      )}
      <button type="button" className={styles.cancel} onClick={props.onCancel}>
        Cancel
      </button>
    </div>
  );
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
