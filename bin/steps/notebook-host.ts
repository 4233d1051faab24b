import type { Profile } from "../../lib/call/profile.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";
import { beginWorld } from "../../lib/notebook/begin-world.ts";
import type { Evaluator, NotebookHost } from "../../lib/notebook/host.ts";
import type { SandboxConfig } from "../../lib/reference/api-config.ts";
import { createBrowserRunner } from "../../lib/run/browser-runner.ts";
import type { Transports } from "../../lib/run/transports.ts";
import type { CallableApis } from "./notebook-apis.ts";
import { runConfirmed } from "./notebook-writes.ts";

export interface HostOptions {
  /** The server's, with the transports that hold its session. */
  readonly origin: string;
  readonly transports: Transports;
  readonly profile: Profile;
  readonly apis: CallableApis;
  readonly safetyOf: (method: string) => MethodSafety | undefined;
  readonly evaluator: Evaluator;
  readonly sandbox: SandboxConfig | undefined;
  /** Whether writes may go to a real daemon. */
  readonly allowWrite: boolean;
  /** Hears of each write to a real daemon, in a line. */
  readonly onWrite: (line: string) => void;
}

/** Runs notebooks as a page does: through the site's own server, its gate, its policy and its bridge. */
export function createNotebookHost(options: HostOptions): NotebookHost {
  const { origin, transports, profile, apis, safetyOf, evaluator, sandbox, allowWrite, onWrite } = options;
  const schemaOf = async (name: string) => {
    const found = apis.methodOf(name);
    if (found === undefined) throw new Error(`no API of this site has a method ${name}`);
    return found;
  };
  const runner = createBrowserRunner(origin, schemaOf, transports);
  const isFree = profile.writes === "free";
  const serves = (method: string) => {
    const service = method.slice(0, method.lastIndexOf("."));
    return profile.endpoints.some(({ services }) => services.includes(service));
  };
  const writes = { origin, profile, runner, fetch: transports.fetch, allowed: allowWrite, onWrite };
  const scenario = sandbox?.scenario;
  return {
    profile: profile.id,
    serves,
    methodOf: async (name) => apis.methodOf(name),
    run: (call, runOptions) => {
      const found = apis.methodOf(call.method);
      if (isFree || found === undefined || found.access === "read") return runner.run(call, runOptions);
      return runConfirmed(writes, { ...found, safety: safetyOf(call.method) }, call, runOptions);
    },
    evaluator,
    begin:
      scenario === undefined || !isFree || !serves(scenario.method)
        ? null
        : (name, seed) => beginWorld(runner, profile.id, scenario, { scenario: name, seed }),
  };
}
