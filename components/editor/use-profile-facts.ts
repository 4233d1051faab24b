import { useMemo, useSyncExternalStore } from "react";
import { onRecentChange, recentValues } from "../run/recent-store.ts";
import { heightOf, onHeightChange } from "../shell/live-height.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import type { LanguageFacts } from "./use-language.ts";

const noRecents: LanguageFacts["recents"] = [];

/** What the page has learnt of the profile that is chosen: values of its replies, and its chain's height. */
export function useProfileFacts(): LanguageFacts {
  const profile = useProfiles().current?.id ?? null;
  const recents = useSyncExternalStore(
    onRecentChange,
    () => (profile === null ? noRecents : recentValues(profile)),
    () => noRecents,
  );
  const height = useSyncExternalStore(
    onHeightChange,
    () => (profile === null ? null : heightOf(profile)),
    () => null,
  );
  return useMemo(() => ({ recents, height }), [recents, height]);
}
