"use client";

import { useEffect, useId, useRef, useState } from "react";
import type { RequestText } from "../run/use-request.ts";
import { type LinkMaking, makeLink } from "./make-link.ts";
import styles from "./strip.module.css";

/** Makes a link to the request as it was when it was asked for, copies it, and says what it holds. */
export function ShareStrip({
  method,
  request,
  onClose,
}: {
  readonly method: string;
  readonly request: RequestText;
  readonly onClose: () => void;
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [asked] = useState(request);
  const [making, setMaking] = useState<LinkMaking | null>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    let left = false;
    makeLink(method, asked).then(
      async (made) => {
        const done = made.kind === "ok" && (await copy(made.url));
        if (left) return;
        setMaking(made);
        setCopied(done);
      },
      (cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        if (!left) setMaking({ kind: "problem", message: `The link could not be made: ${why}` });
      },
    );
    return () => {
      left = true;
    };
  }, [method, asked]);

  const url = making?.kind === "ok" ? making.url : null;
  return (
    <div className={styles.strip}>
      <p role="status" className={making?.kind === "problem" ? styles.problem : undefined}>
        {making === null && "Making the link."}
        {making?.kind === "problem" && making.message}
        {making?.kind === "ok" && (
          <>
            {copied ? "Link copied." : "Copy this link."} It holds the method and the request: no profile and
            no metadata.
            {making.removed !== null && (
              <strong> The request held what looks like {making.removed}: it was left out.</strong>
            )}
          </>
        )}
      </p>
      {url !== null && (
        <input
          ref={field}
          id={`${id}-link`}
          type="text"
          readOnly
          aria-label="The link"
          value={url}
          onFocus={({ target }) => target.select()}
        />
      )}
      {url !== null && !copied && (
        <button
          type="button"
          onClick={() =>
            void copy(url).then((done) => {
              setCopied(done);
              if (!done) field.current?.focus();
            })
          }
        >
          Copy
        </button>
      )}
      <button type="button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}

/** Whether the clipboard took it. It is missing where the page is served over plain HTTP from another machine. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
