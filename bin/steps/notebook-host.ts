import type { FileRegistry } from "@bufbuild/protobuf";
import { accessOf } from "../../lib/call/access.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { beginWorld } from "../../lib/notebook/begin-world.ts";
import type { NotebookHost } from "../../lib/notebook/host.ts";
import type { KillableEvaluator } from "../../lib/notebook/killable-evaluator.ts";
import type { SandboxConfig } from "../../lib/reference/api-config.ts";
import { createBrowserRunner } from "../../lib/run/browser-runner.ts";
import type { Transports } from "../../lib/run/transports.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { runConfirmed } from "./notebook-writes.ts";
import type { ServedApi } from "./read-api.ts";

export interface HostOptions {
  /** The server's, with the transports that hold its session. */
  readonly origin: string;
  readonly transports: Transports;
  readonly profile: Profile;
  readonly api: Pick<ServedApi, "permissions" | "safety">;
  /** The types of each API; two may hold other versions of one file. */
  readonly registries: readonly FileRegistry[];
  readonly evaluator: KillableEvaluator;
  readonly sandbox: SandboxConfig | undefined;
  /** Whether writes may go to a real daemon. */
  readonly allowWrite: boolean;
  /** Hears of each write to a real daemon, in a line. */
  readonly onWrite: (line: string) => void;
}

/** Runs notebooks as a page does: through the site's own server, its gate, its policy and its bridge. */
export function createNotebookHost(options: HostOptions): NotebookHost {
  const { origin, transports, profile, api, registries, evaluator, sandbox } = options;
  const find = (name: string) => {
    for (const registry of registries) {
      const method = findMethod(registry, name);
      if (method !== undefined) return { method, registry };
    }
    return undefined;
  };
  const schemaOf = async (name: string) => {
    const found = find(name);
    if (found === undefined) throw new Error(`no API of this site has a method ${name}`);
    return found;
  };
  const runner = createBrowserRunner(origin, schemaOf, transports);
  const isFree = profile.writes === "free";
  const serves = (method: string) => {
    const service = method.slice(0, method.lastIndexOf("."));
    return profile.endpoints.some(({ services }) => services.includes(service));
  };
  const accessOfMethod = (name: string) => accessOf(api.permissions.get(name) ?? null);
  const writes = {
    ...{ origin, profile, runner, fetch: transports.fetch },
    ...{ allowed: options.allowWrite, onWrite: options.onWrite },
  };
  const scenario = sandbox?.scenario;
  return {
    profile: profile.id,
    serves,
    methodOf: async (name) => {
      const found = find(name);
      return found === undefined ? undefined : { ...found, access: accessOfMethod(name) };
    },
    run: (call, runOptions) => {
      const found = find(call.method);
      if (isFree || found === undefined || accessOfMethod(call.method) === "read") {
        return runner.run(call, runOptions);
      }
      const safety = api.safety.methods.get(call.method);
      return runConfirmed(writes, { ...found, safety }, call, runOptions);
    },
    evaluator,
    begin:
      scenario === undefined || !isFree || !serves(scenario.method)
        ? null
        : (name, seed) => beginWorld(runner, profile.id, scenario, { scenario: name, seed }),
  };
}
