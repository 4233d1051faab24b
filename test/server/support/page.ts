import { WebSocket as NodeWebSocket } from "ws";
import type { Call } from "../../../lib/call/call.ts";
import type { RunError, RunEvent } from "../../../lib/call/run-event.ts";
import { createBrowserRunner } from "../../../lib/run/browser-runner.ts";
import type { RunOptions } from "../../../lib/run/runner.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { registry } from "./api.ts";
import type { Playground } from "./playground.ts";

/** Makes this process what a page is: its requests carry the session's cookie and the page's origin. */
export function asPage({ cookie, origin }: Playground): { [Symbol.dispose](): void } {
  const { fetch, WebSocket } = globalThis;
  globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("cookie", cookie);
    headers.set("origin", origin);
    return fetch(input, { ...init, headers });
  };
  globalThis.WebSocket = class extends NodeWebSocket {
    constructor(url: string | URL, protocol: string) {
      super(url, protocol, { headers: { cookie, origin } });
      // In a browser an error that nobody listens for is nothing.
      this.on("error", () => {});
    }
  } as unknown as typeof WebSocket;
  return { [Symbol.dispose]: () => Object.assign(globalThis, { fetch, WebSocket }) };
}

/** Runs a call as a page does. What is not given is what a page starts with. */
export function runInPage(
  playground: Playground,
  call: Partial<Call> & Pick<Call, "method">,
  options: Partial<RunOptions> = {},
): AsyncIterable<RunEvent> {
  const method = findMethod(registry, call.method);
  if (method === undefined) throw new Error(`there is no ${call.method}`);
  const runner = createBrowserRunner(playground.origin, async () => ({ method, registry }));
  const whole: Call = {
    profile: "sandbox",
    request: "{}",
    bytes: "hex",
    metadata: [],
    deadlineMs: null,
    compression: "identity",
    confirmation: null,
    ...call,
  };
  return runner.run(whole, { signal: new AbortController().signal, ...options });
}

/** Everything that a run gives. */
export async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The error that a run ends with, or null where it succeeds. */
export async function errorOf(events: AsyncIterable<RunEvent>): Promise<RunError | null> {
  const last = (await collect(events)).at(-1);
  return last?.kind === "error" ? last.error : null;
}
