import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readGuides } from "../../../bin/steps/site-facts.ts";
import { drawDiagram } from "../../../lib/guides/diagrams/draw-diagram.ts";
import {
  DiagramError,
  type Drawing,
  LINE,
  textWidth,
  wrapText,
} from "../../../lib/guides/diagrams/drawing.ts";
import { guideFile } from "../../../lib/guides/lint-guides.ts";
import { tellDiagrams } from "../../../lib/guides/tell-diagrams.ts";
import { ROOT } from "../../support/start-site.ts";

interface Area {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the words and the boxes of a drawing stand. */
function areas({ shapes }: Drawing): { labels: Area[]; boxes: Area[] } {
  const labels = shapes.flatMap((shape): Area[] => {
    if (shape.kind !== "label") return [];
    const width = Math.max(...shape.lines.map((line) => textWidth(line)));
    const left = { start: shape.x, middle: shape.x - width / 2, end: shape.x - width }[shape.anchor];
    const bottom = shape.y + (shape.lines.length - 1) * LINE + 3;
    return [{ name: shape.lines.join(" "), left, right: left + width, top: shape.y - 10, bottom }];
  });
  const boxes = shapes.flatMap((shape): Area[] =>
    shape.kind === "box"
      ? [
          {
            name: shape.lines.join(" "),
            left: shape.x,
            right: shape.x + shape.width,
            top: shape.y,
            bottom: shape.y + shape.height,
          },
        ]
      : [],
  );
  return { labels, boxes };
}

function overlaps(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Pairs of things of which one covers the other, and what sticks out of the drawing. */
function collisions(drawing: Drawing): string[] {
  const { labels, boxes } = areas(drawing);
  const all = [...labels, ...boxes];
  return all.flatMap((a, index) => [
    ...all.slice(index + 1).flatMap((b) => (overlaps(a, b) ? [`${a.name} | ${b.name}`] : [])),
    ...(a.left < -1 || a.top < -1 || a.right > drawing.width + 1 || a.bottom > drawing.height + 1
      ? [`${a.name} sticks out`]
      : []),
  ]);
}

describe("nothing of a guide's diagram covers anything else, wide and narrow", () => {
  for (const { slug, blocks } of readGuides(ROOT)) {
    for (const { block, text, line } of blocks) {
      if (block.kind !== "diagram") continue;
      test(`${guideFile(slug)}:${line}`, () => {
        const { wide, narrow, words } = drawDiagram(block.diagram, text);
        assert.deepEqual({ wide: collisions(wide), narrow: collisions(narrow) }, { wide: [], narrow: [] });
        assert.ok(words.length > 0, "it says nothing in words");
      });
    }
  }
});

test("states stand on their grid and are told in words", () => {
  const { wide, narrow, words } = drawDiagram(
    "states",
    "a: One @ 1,1 / 1,1\nb: Two | TWO @ 2,1 / 1,2\na -> b: go\nb <-> a: back",
  );
  const place = (drawing: Drawing, name: string) => areas(drawing).boxes.find((box) => box.name === name);
  assert.ok(
    (place(wide, "Two")?.left ?? 0) > (place(wide, "One")?.right ?? 0),
    "side by side where there is room",
  );
  assert.ok(
    (place(narrow, "Two")?.top ?? 0) > (place(narrow, "One")?.bottom ?? 0),
    "one below the other on a phone",
  );
  assert.deepEqual(words, ["One → Two: go", "Two ↔ One: back"]);
});

test("a sequence is told in the order of time", () => {
  const { words } = drawDiagram(
    "sequence",
    "a: You | poold\nb: Them\na -> b: hello\nnote a, b: wait\nb --> a: hello back",
  );
  assert.deepEqual(words, ["You → Them: hello", "You, Them: wait", "Them → You: hello back"]);
});

for (const [kind, text, line, said] of [
  ["states", "a: A @ 1,1\n\na -> c: x", 3, "no state is called c"],
  ["states", "a: A @ 1,1\na: B @ 2,1", 2, "a is there twice"],
  ["states", "a: A @ 1,1 [middle]", 1, "middle is neither start nor end"],
  ["states", "a: A @ 1,1\na -> a [sideways]: x", 2, "sideways is no way: down, up, left, right"],
  ["states", "A", 1, "neither a state nor an arrow: A"],
  ["sequence", "a: A", 1, "a sequence is between two parties or more"],
  ["sequence", "a: A\nb: B\nnote c: x", 3, "nobody is called c"],
] as const) {
  test(`${kind}, line ${line}: ${said}`, () => {
    assert.throws(
      () => drawDiagram(kind, text),
      (error) => error instanceof DiagramError && error.line === line && error.message === said,
    );
  });
}

test("words are broken at spaces, and a long one stands alone", () => {
  assert.deepEqual(wrapText("a bb extraordinarily c", 40), ["a bb", "extraordinarily", "c"]);
});

test("the twin of a guide tells its diagrams in words", () => {
  const told = tellDiagrams(
    'Before.\n\n```states caption="Life"\na: One @ 1,1\nb: Two @ 2,1\na -> b: go\n```\n\nAfter.\n',
  );
  assert.equal(told, "Before.\n\n**Life:**\n\n1. One → Two: go\n\nAfter.\n");
});
