"use client";

import { MenuButton, type MenuEntry } from "../run/menu-button.tsx";
import type { RemoteRun } from "./remote-run.ts";
import { saveReply } from "./save-reply.ts";

/** The forms in which a reply can be saved. */
export function SaveMenu({ run }: { readonly run: RemoteRun }) {
  function entries(): readonly MenuEntry[] {
    const save = (question: Parameters<typeof saveReply>[1]) => () => void saveReply(run, question);
    return [
      { kind: "item", label: "JSON", detail: "as it is shown", onChoose: save({ kind: "save", as: "json" }) },
      {
        kind: "item",
        label: "Bytes",
        detail: "as they came",
        onChoose: save({ kind: "save", as: "binary" }),
      },
      ...run.parts().tables.map(
        (name, table): MenuEntry => ({
          kind: "item",
          label: `CSV of ${name}`,
          onChoose: save({ kind: "save", as: "csv", table, sorting: null, filter: "" }),
        }),
      ),
    ];
  }

  return (
    <MenuButton label="Save the reply" entries={entries}>
      Save
    </MenuButton>
  );
}
