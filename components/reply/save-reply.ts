import { saveFile } from "../shell/save-file.ts";
import type { RemoteRun } from "./remote-run.ts";
import type { Questions } from "./worker-protocol.ts";

/** Has the browser save a reply as a file. Gives whether there was something to save. */
export async function saveReply(run: RemoteRun, question: Questions["save"]["ask"]): Promise<boolean> {
  const file = await run.ask(question);
  if (file === null) return false;
  saveFile(file.name, file.blob);
  return true;
}
