import type { BytesForm } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import type { MethodSchema } from "../../lib/run/browser-runner.ts";
import { requestConfirmation } from "../../lib/run/confirm-write.ts";
import type { AskedWrite } from "./confirm-dialog.tsx";
import { prepareWrite } from "./prepare-write.ts";
import type { Agreement } from "./use-confirmed-run.tsx";

/** Gets a nonce for one message of a write and has the reader agree to it. `show` gets what to ask about, then null. */
export async function askForWrite({
  profile,
  method,
  safety,
  schema,
  show,
  text,
  bytes,
}: {
  readonly profile: Profile;
  readonly method: string;
  readonly safety: MethodSafety;
  readonly schema: Promise<MethodSchema & { readonly docs: MethodDocs }>;
  readonly show: (asked: AskedWrite | null) => void;
  readonly text: string;
  readonly bytes: BytesForm;
}): Promise<Agreement> {
  const { method: desc, registry, docs } = await schema;
  const prepared = prepareWrite({ text, bytes, desc: desc.input, registry, docs, safety });
  if (prepared.kind === "refused") return prepared;
  const confirm = () => requestConfirmation(location.origin, profile.id, method, prepared.wire);
  const confirmation = await confirm();
  if (confirmation.kind === "refused") return confirmation;
  const nonce = await new Promise<string | null>((resolve) =>
    show({
      profile,
      method,
      request: prepared.shown,
      amounts: prepared.amounts,
      confirmation,
      askAgain: confirm,
      answer: (nonce) => {
        show(null);
        resolve(nonce);
      },
    }),
  );
  return nonce === null ? { kind: "declined" } : { kind: "go", confirmation: nonce };
}
