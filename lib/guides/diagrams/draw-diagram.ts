import type { DiagramKind } from "../code-block.ts";
import { drawSequence } from "./draw-sequence.ts";
import type { Diagram } from "./drawing.ts";
import { drawStates } from "./layout-states.ts";

/** Draws the diagram that a fenced block describes. Throws `DiagramError` for a description that cannot be read. */
export function drawDiagram(kind: DiagramKind, text: string): Diagram {
  return kind === "states" ? drawStates(text) : drawSequence(text);
}
