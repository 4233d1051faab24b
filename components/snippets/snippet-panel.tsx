"use client";

import { useId, useState } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import { snippetLanguages } from "../../lib/snippets/languages.ts";
import { provenWith } from "../../lib/snippets/proven.ts";
import type { SnippetLanguage } from "../../lib/snippets/snippet.ts";
import { PROTO_NOTE } from "../../lib/snippets/words.ts";
import { CopyButton } from "../reply/copy-button.tsx";
import { type CallOptionsValue, isUsed } from "../run/call-options-value.ts";
import { OpenAs } from "./open-as.tsx";
import { SnippetCode } from "./snippet-code.tsx";
import styles from "./snippets.module.css";
import { type Conversed, useSnippet } from "./use-snippet.ts";

const LANGUAGE_KEY = "snippet-language";

/** A snippet of the request, in the language that the reader chose last. */
export function SnippetPanel({
  method,
  request,
  profile,
  options,
}: {
  readonly method: string;
  readonly request: Conversed;
  readonly profile: Profile | null;
  readonly options: CallOptionsValue;
}) {
  const id = useId();
  const [language, setLanguage] = useState(() => languageOf(localStorage.getItem(LANGUAGE_KEY)));
  const { shown, standing } = useSnippet({ language, method, request, profile, deadline: options.deadline });
  const leftOut = options.metadata.some(isUsed) || options.compression !== "identity";
  const whole = shown?.kind === "shown" ? shown : null;
  const snippet = whole?.snippet ?? null;
  const proven = snippet === null ? null : provenWith(language.id, method);

  return (
    <>
      <div className={styles.bar}>
        <label htmlFor={`${id}-language`}>Language</label>
        <select
          id={`${id}-language`}
          value={language.id}
          onChange={({ target }) => {
            setLanguage(languageOf(target.value));
            localStorage.setItem(LANGUAGE_KEY, target.value);
          }}
        >
          {snippetLanguages.map((each) => (
            <option key={each.id} value={each.id}>
              {each.label}
            </option>
          ))}
        </select>
        {snippet !== null && <CopyButton label="Copy" text={() => snippet.code} />}
      </div>
      <p className={standing.calm ? styles.standing : styles.behind} role="status">
        {standing.text}
      </p>
      {shown?.kind === "inexpressible" && <p className={styles.none}>{shown.reason}</p>}
      {whole !== null && snippet !== null && (
        <>
          <SnippetCode label={`${language.label} snippet`} syntax={language.syntax} text={snippet.code} />
          {snippet.setup !== "" && (
            <>
              <div className={styles.bar}>
                <h3>Once before</h3>
                <CopyButton label="Copy" text={() => snippet.setup} />
              </div>
              <SnippetCode label="What to install" syntax="sh" text={snippet.setup} />
            </>
          )}
          <ul className={styles.notes}>
            <li>
              Run it with <code>{whole.project.run}</code>
              {whole.project.protos && PROTO_NOTE}.
            </li>
            {snippet.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {leftOut && <li>Metadata and compression set under Options are not in the snippet.</li>}
            {proven !== null && (
              <li>
                <strong>Proven</strong>: this method's first example was run in this form with {proven}, and
                the message that arrived was the example's.
              </li>
            )}
          </ul>
          <OpenAs shown={whole} />
        </>
      )}
    </>
  );
}

function languageOf(id: string | null): SnippetLanguage {
  const [first] = snippetLanguages;
  if (first === undefined) throw new Error("there are no languages");
  return snippetLanguages.find((language) => language.id === id) ?? first;
}
