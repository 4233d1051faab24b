import { useEffect } from "react";
import { useOverview } from "./notebook-context.ts";
import { noteProgress } from "./progress-store.ts";

/** Keeps on this machine how far the reader has come. */
export function KeepProgress({ slug }: { readonly slug: string }): null {
  const { done, of } = useOverview();
  useEffect(() => {
    if (done > 0) noteProgress(slug, done, of);
  }, [slug, done, of]);
  return null;
}
