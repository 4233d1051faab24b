import type { ReactNode } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { ExampleMenu } from "./example-menu.tsx";
import { useRequestMenu } from "./request-menu.tsx";
import styles from "./try-it.module.css";
import type { RequestState } from "./use-request.ts";

/** What stands above the editor: what the text is, where it may start from, how its bytes are written, the buttons. */
export function RequestBar({
  title,
  request,
  onProblem,
  children,
}: {
  readonly title: string;
  readonly request: RequestState;
  /** Takes a sentence that says why something was not done. */
  readonly onProblem: (message: string) => void;
  /** The buttons that run it. */
  readonly children: ReactNode;
}) {
  async function changeBytes(form: BytesForm) {
    const problem = await request.changeBytes(form);
    if (problem !== null) onProblem(`The bytes stay as ${request.bytes} until this is mended: ${problem}`);
  }

  const menu = useRequestMenu(request);
  return (
    <>
      <div className={styles.bar}>
        <h2>{title}</h2>
        <ExampleMenu request={request} onProblem={onProblem} />
        <label className={styles.choice}>
          <span>bytes:</span>
          <select
            title="How bytes are written"
            value={request.bytes}
            onChange={(event) => void changeBytes(event.target.value as BytesForm)}
          >
            <option value="hex">hex</option>
            <option value="base64">base64</option>
            <option value="base64url">base64url</option>
          </select>
        </label>
        {menu.button}
        {children}
      </div>
      {menu.strip}
    </>
  );
}
