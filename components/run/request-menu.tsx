import { lazy, Suspense, useState } from "react";
import { MenuButton } from "./menu-button.tsx";
import type { RequestState } from "./use-request.ts";

const ShareStrip = lazy(() =>
  import("../share/share-strip.tsx").then(({ ShareStrip }) => ({ default: ShareStrip })),
);
const SaveStrip = lazy(() =>
  import("../collections/save-strip.tsx").then(({ SaveStrip }) => ({ default: SaveStrip })),
);

/** What can be done with the request beside running it: the menu's button, and below the bar what it opened. */
export function useRequestMenu(request: RequestState) {
  const [open, setOpen] = useState<{ readonly what: "share" | "save"; readonly time: number } | null>(null);
  const show = (what: "share" | "save") => setOpen({ what, time: Date.now() });
  const { method, text, bytes } = request;
  const close = () => setOpen(null);
  return {
    button: (
      <MenuButton
        label="More with this request"
        entries={() => [
          { kind: "item", label: "Copy link", onChoose: () => show("share") },
          { kind: "item", label: "Save request", onChoose: () => show("save") },
        ]}
      >
        <span aria-hidden="true">⋯</span>
      </MenuButton>
    ),
    strip: open !== null && (
      <Suspense fallback={null}>
        {open.what === "share" ? (
          // Anew each time it is asked for: the link is to the request as it was then.
          <ShareStrip key={open.time} method={method} request={{ text, bytes }} onClose={close} />
        ) : (
          <SaveStrip key={open.time} method={method} request={{ text, bytes }} onClose={close} />
        )}
      </Suspense>
    ),
  };
}
