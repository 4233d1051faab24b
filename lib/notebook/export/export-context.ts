import type { Profile } from "../../call/profile.ts";
import type { ScenarioCall } from "../../reference/api-config.ts";
import { clientProfile } from "../../snippets/client-profile.ts";
import type { NotebookApis } from "../check-notebook.ts";
import type { Notebook } from "../notebook.ts";
import type { NotebookRun } from "../run-notebook.ts";
import type { ExportContext } from "./plan.ts";

export interface ExportFacts {
  /** Where the export is to run. */
  readonly profile: Profile;
  readonly apis: Pick<NotebookApis, "methodOf" | "registry">;
  /** What the config says that begins a sandbox's world. */
  readonly scenario: ScenarioCall | undefined;
  isSecret(method: string): boolean;
  /** What was typed, and what the cells have come to; null: it never ran. */
  readonly run: Pick<NotebookRun, "inputOf" | "stateOf"> | null;
}

/** What an export of a notebook has to know, from what a page or a command knows. */
export function exportContext(
  { cells }: Notebook,
  { profile, apis, scenario, isSecret, run }: ExportFacts,
): ExportContext {
  const isFree = profile.writes === "free";
  const typed = new Map(cells.flatMap((cell) => (cell.kind === "input" ? [[cell.id, cell.value]] : [])));
  return {
    registry: apis.registry,
    methodOf: (name) => apis.methodOf(name),
    client: (service) => clientProfile(profile, service),
    sandbox: isFree,
    begin: isFree ? (scenario ?? null) : null,
    isSecret,
    inputOf: (id) => run?.inputOf(id) ?? typed.get(id) ?? "",
    stateOf: (id) => run?.stateOf(id) ?? { kind: "idle" },
  };
}
