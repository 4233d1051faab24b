import { assertNever } from "../../../lib/call/assert-never.ts";
import { createBrowserRunner } from "../../../lib/run/browser-runner.ts";
import { loadMethodSchema } from "../../run/method-schema.ts";
import type { FromWorker, ToWorker } from "../worker-protocol.ts";
import { report } from "./report.ts";
import { RunSession } from "./run-session.ts";

// Calls run here and their messages stay here: however many come, the page has only what it shows.

const post = (message: FromWorker) => self.postMessage(message);
const runner = createBrowserRunner(self.location.origin, loadMethodSchema);
const sessions = new Map<number, RunSession>();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "warm") {
    loadMethodSchema(data.method).catch(() => {});
    return;
  }
  if (data.kind === "start" || data.kind === "show") {
    const session = new RunSession(data.run, data.call, post);
    sessions.set(data.run, session);
    const going = data.kind === "start" ? session.go(runner, data.streams) : session.show(data.events);
    going.catch(report);
    return;
  }
  const session = sessions.get(data.run);
  if (session === undefined) {
    if (data.kind === "ask") post({ kind: "no-answer", id: data.id, message: "this run is no longer here" });
    return;
  }
  switch (data.kind) {
    case "send":
      return session.send(data.message);
    case "half-close":
      return session.halfClose();
    case "cancel":
      return session.cancel();
    case "look":
      return session.look(data.look, data.bytes);
    case "toggle":
      session.toggle(data.key).catch(report);
      return;
    case "open-all":
      session.openAll(data.open).catch(report);
      return;
    case "painted":
      return session.painted();
    case "release":
      session.release();
      sessions.delete(data.run);
      return;
    case "ask":
      session.answer(data.question).then(
        (answer) => post({ kind: "answer", id: data.id, answer }),
        (cause: unknown) => post({ kind: "no-answer", id: data.id, message: messageOf(cause) }),
      );
      return;
    default:
      assertNever(data);
  }
};

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
