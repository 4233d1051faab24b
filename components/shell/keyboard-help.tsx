"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { isTyping } from "./is-typing.ts";

const KeysDialog = lazy(() =>
  import("./keys-dialog.tsx").then(({ KeysDialog }) => ({ default: KeysDialog })),
);

/** The keyboard map, on `?`. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    open && (
      <Suspense>
        <KeysDialog onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}
