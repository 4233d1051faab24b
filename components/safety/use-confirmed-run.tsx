import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import type { MethodSchema } from "../../lib/run/browser-runner.ts";
import type { AskedWrite } from "./confirm-dialog.tsx";
import styles from "./modal.module.css";

const loadDialog = () => import("./confirm-dialog.tsx");
const ConfirmDialog = lazy(() => loadDialog().then(({ ConfirmDialog }) => ({ default: ConfirmDialog })));

/** What became of asking. `go`: send it, with this nonce. `refused`: a sentence to show; nothing was sent. */
export type Agreement =
  | { readonly kind: "go"; readonly confirmation: string }
  | { readonly kind: "declined" }
  | { readonly kind: "refused"; readonly message: string };

export interface ConfirmedRun {
  /** Whether a message of this method needs to be agreed to before it is sent to this profile. */
  readonly needed: boolean;
  /** Asks the reader about one message. While one is asked about, another is declined. */
  agree(request: { readonly text: string; readonly bytes: BytesForm }): Promise<Agreement>;
  /** Says why a message of a call that runs was not sent. */
  tell(message: string): void;
  /** To be rendered somewhere, always. */
  readonly dialog: ReactNode;
}

/** Has the reader confirm every message of a write on a real profile, and the server with them. */
export function useConfirmedRun({
  profile,
  method,
  access,
  safety,
  schema,
}: {
  readonly profile: Profile | null;
  readonly method: string;
  readonly access: "read" | "write";
  readonly safety: MethodSafety;
  readonly schema: () => Promise<MethodSchema & { readonly docs: MethodDocs }>;
}): ConfirmedRun {
  const [notice, setNotice] = useState<string | null>(null);
  const [asked, setAsked] = useState<AskedWrite | null>(null);
  const asking = useRef(false);
  const open = useRef<AskedWrite | null>(null);
  // The page is left while it asks: that is a no.
  useEffect(() => () => open.current?.answer(null), []);

  async function agree(request: { text: string; bytes: BytesForm }): Promise<Agreement> {
    if (profile === null || asking.current) return { kind: "declined" };
    asking.current = true;
    setNotice(null);
    try {
      const [{ askForWrite }] = await Promise.all([import("./ask-for-write.ts"), loadDialog()]);
      const show = (write: AskedWrite | null) => {
        open.current = write;
        setAsked(write);
      };
      return await askForWrite({ profile, method, safety, schema: schema(), show, ...request });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      return { kind: "refused", message: `this page could not ask for the confirmation: ${why}` };
    } finally {
      asking.current = false;
    }
  }

  return {
    needed: access === "write" && profile?.writes === "confirmed",
    agree,
    tell: setNotice,
    dialog: (
      <>
        {notice !== null && (
          <p className={styles.notice} role="alert">
            Not sent: {notice}
          </p>
        )}
        {asked !== null && (
          <Suspense fallback={null}>
            <ConfirmDialog asked={asked} />
          </Suspense>
        )}
      </>
    ),
  };
}
