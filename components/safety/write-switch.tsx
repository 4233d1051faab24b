"use client";

import { lazy, Suspense, useState } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import { useProfiles } from "../shell/profile-context.tsx";

const WritesDialog = lazy(() =>
  import("./writes-dialog.tsx").then(({ WritesDialog }) => ({ default: WritesDialog })),
);

/** Turns writes on for a profile that is locked, after saying what that means; or off again. Nothing for the sandbox. */
export function WriteSwitch({ profile }: { readonly profile: Profile }) {
  const { refresh } = useProfiles();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function change(allow: boolean) {
    const { setWrites } = await import("../../lib/run/confirm-write.ts");
    const change = await setWrites(location.origin, profile.id, allow);
    setProblem(change.kind === "ok" ? null : change.message);
    await refresh();
  }

  if (profile.writes === "free") return null;
  const locked = profile.writes === "locked";
  return (
    <>
      {/* One button for both, so that it keeps the focus. */}
      <button type="button" onClick={() => (locked ? setAsking(true) : void change(false))}>
        {locked ? `Turn on writes for ${profile.label}…` : "Turn off writes"}
      </button>
      {problem !== null && <span role="alert"> {problem}</span>}
      {asking && (
        <Suspense fallback={null}>
          <WritesDialog
            profile={profile}
            onAnswer={async (yes) => {
              setAsking(false);
              if (yes) await change(true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
