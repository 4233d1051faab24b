import type { RemoteRun } from "./remote-run.ts";
import type { Questions } from "./worker-protocol.ts";

/** Has the browser save a reply as a file. Gives whether there was something to save. */
export async function saveReply(run: RemoteRun, question: Questions["save"]["ask"]): Promise<boolean> {
  const file = await run.ask(question);
  if (file === null) return false;
  const url = URL.createObjectURL(file.blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  // The browser reads it after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}
