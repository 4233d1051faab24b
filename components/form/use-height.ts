import { useEffect, useState } from "react";
import type { LiveStatus } from "../../lib/call/live-status.ts";

/** Height of the profile's chain, asked for once a minute while the page is seen; null until it is known. */
export function useHeight(profile: string | null): number | null {
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    setHeight(null);
    if (profile === null) return;
    let gone = false;
    const ask = async () => {
      if (document.visibilityState === "hidden") return;
      const known = await askHeight(profile);
      if (!gone && known !== null) setHeight(known);
    };
    void ask();
    const timer = setInterval(ask, 60_000);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [profile]);
  return height;
}

async function askHeight(profile: string): Promise<number | null> {
  try {
    const response = await fetch(`/api/live?profile=${encodeURIComponent(profile)}`, {
      headers: { "x-playground": "1" },
      cache: "no-store",
    });
    if (!response.ok) return null;
    const status = (await response.json()) as LiveStatus;
    return status.kind === "up" && status.height !== null ? Number(status.height) : null;
  } catch {
    return null;
  }
}
