import { Fragment, useEffect, useState } from "react";
import type { RunError } from "../../lib/call/run-event.ts";
import { errorSlug } from "../../lib/pages/fact-slugs.ts";
import { basePathAt } from "../../lib/pages/links.ts";
import { findHelp, type ErrorHelp as Help } from "../../lib/reference/error-help.ts";
import { loadMethodSchema } from "../run/method-schema.ts";
import styles from "./error-help.module.css";

/** What an error means and what to do about it, where the reference knows its words; nothing where it does not. */
export function ErrorHelp({ method, error }: { readonly method: string; readonly error: RunError }) {
  const [help, setHelp] = useState<Help | null>(null);
  const { source, reason, message } = error;

  useEffect(() => {
    let current = true;
    const own = source === "daemon";
    loadHelps(method).then(
      (helps) =>
        current &&
        setHelp(findHelp(helps, method, own ? "daemon" : "client", own ? message : (reason ?? ""))),
      // The error is shown as it came; without the reference there is no more to say.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [method, source, reason, message]);

  if (help === null) return null;
  const href = `${basePathAt(location.pathname)}/${errorSlug(help.group, help.slug)}`;
  if (help.from === "client") {
    return (
      <p className={styles.more}>
        <a href={href}>More about this error</a>
      </p>
    );
  }
  return (
    <section className={styles.help} aria-label="What this error means" role="status">
      <h3>{help.title}</h3>
      <p>
        <Inline text={help.cause} />
      </p>
      <p>
        <strong>What to do:</strong> <Inline text={help.remedy} />
      </p>
      <p>
        <a href={href}>This error in the reference</a>
      </p>
    </section>
  );
}

/** Text with code in it; names that are links in the reference are words here. */
function Inline({ text }: { readonly text: string }) {
  const parts = text.replace(/\[([^\]]*)\]\[[^\]]*\]/g, "$1").split("`");
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}

const loading = new Map<string, Promise<readonly Help[]>>();

/** The errors of a method's API, fetched once a page. */
async function loadHelps(method: string): Promise<readonly Help[]> {
  const { docs } = await loadMethodSchema(method);
  let helps = loading.get(docs.api);
  if (helps === undefined) {
    helps = fetch(`/schema/errors-${docs.api}.json`).then((response) =>
      response.ok ? response.json() : Promise.reject(new Error(`HTTP ${response.status}`)),
    );
    loading.set(docs.api, helps);
    helps.catch(() => loading.delete(docs.api));
  }
  return helps;
}
