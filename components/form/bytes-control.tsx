import { type ChangeEvent, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { setValue } from "../../lib/form/edit-form.ts";
import { bytesOfFile } from "../../lib/form/file-bytes.ts";
import type { ValueRow } from "../../lib/form/form.ts";
import { stringLiteral } from "../../lib/form/literal.ts";
import {
  type BytesLens,
  bytesLensNames,
  decodeBytes,
  encodeBytes,
  splitLens,
  writeLens,
} from "../../lib/schema/bytes-lens.ts";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { SeenValues, useSeenValues } from "./seen-values.tsx";
import { type ControlProps, inputProps } from "./value-controls.tsx";

const words: Readonly<Record<BytesLens, string>> = {
  hex: "hex",
  base64: "base64",
  base64url: "base64url",
  text: "text",
  txid: "txid (reversed)",
};

/** Bytes: typed, in whichever lens, or read from a file. */
export function BytesControl(props: ControlProps<Extract<ValueRow, { kind: "bytes" }>>) {
  const { row, id, onTouch } = props;
  const { form, change } = useForm();
  const request: BytesForm = form.options.bytes;
  const written = splitLens(row.value, request);
  const bytes = decodeBytes(written.lens, written.body);
  const [note, setNote] = useState<string | null>(null);
  const [emptyLens, setEmptyLens] = useState<BytesLens>(request);
  const seen = useSeenValues(row.path);
  const file = useRef<HTMLInputElement>(null);
  const lens = row.value === "" ? emptyLens : written.lens;

  function write(value: string) {
    onTouch();
    setNote(null);
    change((text, options) => setValue(text, options, row.path, stringLiteral(value)));
  }

  function changeLens(to: BytesLens) {
    setEmptyLens(to);
    if (row.value === "" || bytes === null) return;
    const body = encodeBytes(to, bytes);
    if (body !== null) write(writeLens(to, body, request));
  }

  async function upload(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (chosen === undefined) return;
    const read = await bytesOfFile(chosen, form.text.length, request);
    if (read.kind === "problem") setNote(read.message);
    else {
      write(read.value);
      setNote(`${chosen.name}: ${read.size.toLocaleString("en-US")} bytes`);
    }
  }

  return (
    <div className={styles.control}>
      <div className={styles.bytes}>
        <input
          {...inputProps(props)}
          type="text"
          className={styles.mono}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          list={seen.length === 0 ? undefined : `${id}-seen`}
          placeholder={row.presence === "unset" || row.presence === "null" ? "not set" : undefined}
          value={written.prefixed ? written.body : row.value}
          onChange={({ target }) => {
            // A prefix that is typed chooses its lens; else what is typed is of the lens that is chosen.
            const prefixed = splitLens(target.value, request).prefixed;
            write(
              prefixed ? target.value : target.value === "" ? "" : writeLens(lens, target.value, request),
            );
            if (target.value === "") setEmptyLens(lens);
          }}
        />
        <select
          aria-label={`How ${row.label} is written`}
          value={lens}
          onChange={({ target }) => changeLens(target.value as BytesLens)}
        >
          {bytesLensNames.map((name) => (
            <option
              key={name}
              value={name}
              disabled={
                name !== lens && row.value !== "" && (bytes === null || encodeBytes(name, bytes) === null)
              }
            >
              {words[name]}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={styles.quiet}
          aria-label={`Fill ${row.label} from a file`}
          onClick={() => file.current?.click()}
        >
          File
        </button>
        <input
          ref={file}
          type="file"
          id={`${id}-file`}
          hidden
          aria-label={`File for ${row.label}`}
          onChange={(event) => void upload(event)}
        />
      </div>
      <SeenValues id={`${id}-seen`} path={row.path} />
      <p className={styles.hints} role="status">
        {note ?? (bytes === null || row.value === "" || row.doc?.bytes != null ? "" : size(bytes.length))}
      </p>
    </div>
  );
}

function size(count: number): string {
  return count === 1 ? "1 byte" : `${count.toLocaleString("en-US")} bytes`;
}
