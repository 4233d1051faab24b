import { editor } from "monaco-editor/editor";
import type { Hint } from "../../lib/editor/hints.ts";
import { rangeOf } from "./monaco-providers.ts";

/** Shows hints beside the values of a view's text. What is returned changes them; they move with the text as it is typed. */
export function hintLayer(
  view: editor.ICodeEditor,
  model: editor.ITextModel,
): (hints: readonly Hint[]) => void {
  const shown = view.createDecorationsCollection();
  return (hints) =>
    shown.set(
      hints.map(({ offset, text }) => ({
        range: rangeOf(model, offset, 0),
        options: {
          description: "hint",
          showIfCollapsed: true,
          stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
          after: {
            // Ordinary spaces at the ends of injected text are cut off.
            content: `\u00a0\u00a0${text}\u00a0`,
            inlineClassName: "request-hint",
            cursorStops: editor.InjectedTextCursorStops.None,
          },
        },
      })),
    );
}
