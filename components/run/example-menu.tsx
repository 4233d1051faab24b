import { MenuButton } from "./menu-button.tsx";
import type { RequestState } from "./use-request.ts";

/** What the editor may start from. */
export function ExampleMenu({
  request,
  onProblem,
}: {
  readonly request: RequestState;
  readonly onProblem: (message: string) => void;
}) {
  const entries = () =>
    import("./example-entries.ts").then(({ exampleEntries }) => exampleEntries(request, onProblem));
  return (
    <MenuButton label="Examples" entries={entries}>
      Examples <span aria-hidden="true">▾</span>
    </MenuButton>
  );
}
