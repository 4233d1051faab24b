import { readBlockMeta } from "./code-block.ts";
import { drawDiagram } from "./diagrams/draw-diagram.ts";

const FENCE = /^```(states|sequence) +([^\n]*)\n([\s\S]*?)^```$/gm;

/** The source of a guide with every diagram told in words, for readers that see no drawing. */
export function tellDiagrams(source: string): string {
  return source.replace(FENCE, (all, language: string, meta: string, text: string) => {
    const { block } = readBlockMeta(language, meta);
    if (block.kind !== "diagram") return all;
    const { words } = drawDiagram(block.diagram, text);
    return [`**${block.caption}:**`, "", ...words.map((sentence, index) => `${index + 1}. ${sentence}`)].join(
      "\n",
    );
  });
}
