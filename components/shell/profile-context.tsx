"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Profile, ProfileList } from "../../lib/call/profile.ts";

/** What the page knows of its profiles. `problem` says why there are none. */
export interface ProfileState {
  readonly profiles: readonly Profile[];
  readonly current: Profile | null;
  readonly problem: string | null;
  select(id: string): void;
  /** Asks the server again: what a macaroon permits, and whether writes are on, may have changed. */
  refresh(): Promise<void>;
}

const STORAGE_KEY = "profile";

const ProfileContext = createContext<ProfileState>({
  profiles: [],
  current: null,
  problem: null,
  select: () => {},
  refresh: async () => {},
});

export function useProfiles(): ProfileState {
  return useContext(ProfileContext);
}

/**
 * Opens the session, loads the profiles, anew when the reader comes back to the page, and remembers which one they
 * chose.
 */
export function ProfileProvider({ children }: { readonly children: ReactNode }) {
  const [list, setList] = useState<ProfileList | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    loadProfiles().then(
      (loaded) => {
        setList(loaded);
        const stored = localStorage.getItem(STORAGE_KEY);
        setSelected(loaded.profiles.some(({ id }) => id === stored) ? stored : loaded.selected);
      },
      (cause: unknown) => setProblem(cause instanceof Error ? cause.message : String(cause)),
    );
  }, []);

  const loaded = useRef(false);
  loaded.current = list !== null;
  const refresh = useCallback(async () => {
    // A list that cannot be had now leaves the one that is shown: the live status says what is wrong.
    const next = await fetchProfiles().catch(() => null);
    if (next !== null) setList((before) => (JSON.stringify(next) === JSON.stringify(before) ? before : next));
  }, []);
  useEffect(() => {
    const onVisible = () => {
      if (loaded.current && document.visibilityState === "visible") void refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [refresh]);

  const select = useCallback((id: string) => {
    setSelected(id);
    localStorage.setItem(STORAGE_KEY, id);
  }, []);

  const state = useMemo(() => {
    const profiles = list?.profiles ?? [];
    return {
      profiles,
      current: profiles.find(({ id }) => id === selected) ?? null,
      problem,
      select,
      refresh,
    };
  }, [list, selected, problem, select, refresh]);
  return <ProfileContext value={state}>{children}</ProfileContext>;
}

async function loadProfiles(): Promise<ProfileList> {
  if (location.hash.includes("token=")) await (await import("./session.ts")).openSession();
  return fetchProfiles();
}

async function fetchProfiles(): Promise<ProfileList> {
  let response: Response;
  try {
    response = await fetch("/api/profiles", { headers: { "x-playground": "1" }, cache: "no-store" });
  } catch {
    throw new Error("The playground's server does not answer. Is npm start still running?");
  }
  if (response.status === 401) {
    throw new Error("This page has no session. Open the URL that npm start printed; a link works once.");
  }
  if (!response.ok) throw new Error(`The playground's server answered HTTP ${response.status}.`);
  return (await response.json()) as ProfileList;
}
