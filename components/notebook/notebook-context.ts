import { createContext, useContext, useSyncExternalStore } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import type { CellState } from "../../lib/notebook/cell-state.ts";
import type { CellMethods } from "./cell-method.ts";
import type { NotebookSession, Overview } from "./notebook-session.ts";

/** What every cell of a notebook's page has at hand. It changes with the profile alone. */
export interface NotebookScope {
  /** Null until the profiles are known: nothing can run before. */
  readonly session: NotebookSession | null;
  readonly profile: Profile | null;
  readonly methods: CellMethods;
  /** Ids of the site's APIs. */
  readonly apis: readonly string[];
}

export const NotebookContext = createContext<NotebookScope>({
  session: null,
  profile: null,
  methods: {},
  apis: [],
});

export function useNotebook(): NotebookScope {
  return useContext(NotebookContext);
}

const IDLE: CellState = { kind: "idle" };
const UNKNOWN: Overview = { busy: false, running: null, done: 0, of: 0, stale: 0, ended: null };
const never = () => () => {};

/** Where a cell stands. A component that uses it is rendered when this cell changes, and no other. */
export function useCellState(id: string): CellState {
  const { session } = useNotebook();
  return useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.stateOf(id) ?? IDLE,
    () => IDLE,
  );
}

export function useOverview(): Overview {
  const { session } = useNotebook();
  return useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.overview() ?? UNKNOWN,
    () => UNKNOWN,
  );
}

/** Whether something runs: nothing else can be started then. */
export function useBusy(): boolean {
  const { session } = useNotebook();
  return useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.overview().busy ?? false,
    () => false,
  );
}
