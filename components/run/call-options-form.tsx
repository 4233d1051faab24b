"use client";

import { useId, useRef, useState } from "react";
import { toBase64, toHex } from "../../lib/schema/bytes-text.ts";
import styles from "./call-options-form.module.css";
import { type CallOptionsValue, isUsed, type MetadataRow } from "./call-options-value.ts";
import { readDeadline } from "./read-deadline.ts";
import { isBinary, readRow } from "./read-metadata.ts";

/** Bytes of a file that becomes a metadata value: the server takes no more of all of them together. */
const MOST_FILE = 8 << 10;

/** The fields of the options. Each problem stands below what has it. */
export function CallOptionsForm({
  value,
  onChange,
}: {
  readonly value: CallOptionsValue;
  readonly onChange: (value: CallOptionsValue) => void;
}) {
  const id = useId();
  const rows = useRef<HTMLDivElement>(null);
  const deadline = readDeadline(value.deadline);

  const setRow = (at: number, row: MetadataRow) =>
    onChange({ ...value, metadata: value.metadata.map((each, index) => (index === at ? row : each)) });

  function addRow() {
    onChange({ ...value, metadata: [...value.metadata, { name: "", value: "", form: "base64" }] });
    requestAnimationFrame(() => {
      const names = rows.current?.querySelectorAll<HTMLInputElement>("[data-name]");
      names?.[names.length - 1]?.focus();
    });
  }

  function removeRow(at: number) {
    onChange({ ...value, metadata: value.metadata.filter((_, index) => index !== at) });
    requestAnimationFrame(() => {
      const left = rows.current?.querySelectorAll<HTMLElement>("[data-remove]");
      const next = left?.[Math.min(at, left.length - 1)] ?? document.getElementById(`${id}-add`);
      next?.focus();
    });
  }

  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <label>
          Deadline in seconds
          <input
            type="text"
            inputMode="decimal"
            autoComplete="off"
            placeholder="the server's"
            value={value.deadline}
            aria-invalid={deadline.kind === "problem"}
            aria-describedby={`${id}-deadline`}
            onChange={({ target }) => onChange({ ...value, deadline: target.value })}
          />
        </label>
        <label>
          Compression to the daemon
          <select
            value={value.compression}
            onChange={({ target }) =>
              onChange({ ...value, compression: target.value === "gzip" ? "gzip" : "identity" })
            }
          >
            <option value="identity">off</option>
            <option value="gzip">gzip</option>
          </select>
        </label>
      </div>
      <p id={`${id}-deadline`} className={styles.problem} role="status">
        {deadline.kind === "problem" ? deadline.message : ""}
      </p>
      <fieldset className={styles.rows}>
        <legend>Metadata</legend>
        <div ref={rows}>
          {value.metadata.map((row, at) => (
            <MetadataRowFields
              // biome-ignore lint/suspicious/noArrayIndexKey: names and values repeat, and rows keep no state
              key={at}
              row={row}
              number={at + 1}
              onChange={(changed) => setRow(at, changed)}
              onRemove={() => removeRow(at)}
            />
          ))}
        </div>
        <button id={`${id}-add`} type="button" className={styles.add} onClick={addRow}>
          Add a row
        </button>
      </fieldset>
    </div>
  );
}

function MetadataRowFields({
  row,
  number,
  onChange,
  onRemove,
}: {
  readonly row: MetadataRow;
  readonly number: number;
  readonly onChange: (row: MetadataRow) => void;
  readonly onRemove: () => void;
}) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const reading = isUsed(row) ? readRow(row) : null;
  const problem = fileProblem ?? (reading?.kind === "problem" ? reading.message : null);

  async function readFile(chosen: File | undefined) {
    if (chosen === undefined) return;
    if (chosen.size > MOST_FILE) {
      return setFileProblem(`${chosen.name} is larger than ${MOST_FILE >> 10} KiB: metadata holds no more.`);
    }
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    setFileProblem(null);
    onChange({ ...row, value: row.form === "hex" ? toHex(bytes) : toBase64(bytes) });
  }

  return (
    <div className={styles.row} data-binary={isBinary(row.name)}>
      <input
        type="text"
        data-name
        aria-label={`Name of metadata row ${number}`}
        placeholder="x-request-id"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={row.name}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => onChange({ ...row, name: target.value })}
      />
      <input
        type="text"
        aria-label={`Value of metadata row ${number}`}
        placeholder="value"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={row.value}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => {
          setFileProblem(null);
          onChange({ ...row, value: target.value });
        }}
      />
      {isBinary(row.name) && (
        <>
          <select
            aria-label={`How the bytes of row ${number} are written`}
            value={row.form}
            onChange={({ target }) => onChange({ ...row, form: target.value === "hex" ? "hex" : "base64" })}
          >
            <option value="base64">base64</option>
            <option value="hex">hex</option>
          </select>
          <button type="button" onClick={() => file.current?.click()}>
            File
          </button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label={`File for metadata row ${number}`}
            onChange={({ target }) => {
              void readFile(target.files?.[0]);
              target.value = "";
            }}
          />
        </>
      )}
      <button type="button" data-remove aria-label={`Remove metadata row ${number}`} onClick={onRemove}>
        <span aria-hidden="true">✕</span>
      </button>
      <p id={`${id}-problem`} className={styles.problem} role="status">
        {problem ?? ""}
      </p>
    </div>
  );
}
