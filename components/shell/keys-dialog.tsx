import { useEffect, useRef } from "react";
import styles from "./keyboard-help.module.css";

const KEYS = [
  ["/", "search everything (Ctrl or ⌘ + K, in the editor too)"],
  ["Ctrl or ⌘ + Enter", "run the request, or send the next message; in a notebook run the cell"],
  ["Shift + Enter", "run the cell and go on to the next, in a notebook"],
  ["Ctrl or ⌘ + Shift + Enter", "end the sending of a stream; connect anew one that has ended"],
  ["Ctrl + Space", "complete, in the editor"],
  ["Ctrl + .", "mend what is marked, or write bytes in another way, in the editor"],
  ["F8", "the next problem, in the editor"],
  ["Alt + L", "the value at the cursor in other words, in the editor"],
  ["F12", "the page of the type at the cursor, in the editor"],
  ["Shift + Alt + F", "lay the request out, in the editor"],
  ["Ctrl + Shift + [ or ]", "fold or unfold, in the editor (⌘ + Option + [ or ])"],
  ["Esc", "leave the editor; close what is open; cancel a run"],
  ["Ctrl + M", "let Tab move on instead of indenting, in the editor"],
  ["?", "show these keys"],
] as const;

/** The keyboard map, open from the start. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
