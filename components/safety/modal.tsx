"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import styles from "./modal.module.css";

/** A key or a click within this time was meant for what opened the dialog. */
export const SETTLE_MS = 500;

/**
 * A dialog that stands before everything else until it is answered. Esc answers no; whatever had the focus has it again
 * afterwards. What is in it and has `data-first-focus` is focused first: never what carries something out.
 */
export function Modal({
  title,
  danger = false,
  onCancel,
  children,
}: {
  readonly title: string;
  readonly danger?: boolean;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    shown?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // At the end of the page: what stands around the button that opened it does not dress it.
  return createPortal(
    <dialog
      ref={dialog}
      className={styles.modal}
      data-danger={danger}
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
      onKeyDown={(event) => {
        // A key that is held down opened the dialog: it must not answer it.
        if (event.key === "Enter" && event.repeat) event.preventDefault();
      }}
    >
      <h2 id="modal-title">{title}</h2>
      {children}
    </dialog>,
    document.body,
  );
}
