import { assertNever } from "../../lib/call/assert-never.ts";
import type { DiagramKind } from "../../lib/guides/code-block.ts";
import { drawDiagram } from "../../lib/guides/diagrams/draw-diagram.ts";
import { type Drawing, LINE, type Point, type Shape } from "../../lib/guides/diagrams/drawing.ts";
import { figureId } from "../../lib/guides/heading-id.ts";
import styles from "./diagram.module.css";

/** A diagram from its description, drawn on the server: one for a wide column, one for a phone, and the same in words. */
export function Diagram({
  kind,
  text,
  caption,
}: {
  readonly kind: DiagramKind;
  readonly text: string;
  readonly caption: string;
}) {
  const { wide, narrow, words } = drawDiagram(kind, text);
  const id = figureId(caption);
  return (
    <figure className={styles.figure} id={id}>
      <div className={styles.wide}>
        <Svg drawing={wide} id={`${id}-wide`} caption={caption} words={words} />
      </div>
      <div className={styles.narrow}>
        <Svg drawing={narrow} id={`${id}-narrow`} caption={caption} words={words} />
      </div>
      <figcaption>{caption}</figcaption>
      <details className={styles.words}>
        <summary>In words</summary>
        <ol>
          {words.map((sentence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <li key={index}>{sentence}</li>
          ))}
        </ol>
      </details>
    </figure>
  );
}

function Svg({
  drawing: { width, height, shapes },
  id,
  caption,
  words,
}: {
  readonly drawing: Drawing;
  readonly id: string;
  readonly caption: string;
  readonly words: readonly string[];
}) {
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
    >
      <title id={`${id}-title`}>{caption}</title>
      <desc id={`${id}-desc`}>{words.join(". ")}</desc>
      <marker
        id={`${id}-head`}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="7"
        markerHeight="7"
        orient="auto-start-reverse"
      >
        <path d="M1 1 L7 4 L1 7" className={styles.head} />
      </marker>
      {shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the drawing never changes
        <Drawn key={index} shape={shape} head={`url(#${id}-head)`} />
      ))}
    </svg>
  );
}

function Drawn({ shape, head }: { readonly shape: Shape; readonly head: string }) {
  switch (shape.kind) {
    case "lifeline":
      return <line x1={shape.x} x2={shape.x} y1={shape.top} y2={shape.bottom} className={styles.lifeline} />;
    case "route":
      return (
        <path
          d={roundedPath(shape.points)}
          className={shape.dashed ? `${styles.route} ${styles.dashed}` : styles.route}
          markerEnd={head}
          markerStart={shape.both ? head : undefined}
        />
      );
    case "label":
      return (
        <Lines lines={shape.lines} x={shape.x} y={shape.y} anchor={shape.anchor} className={styles.label} />
      );
    case "box": {
      const { x, y, width, height, lines, code, look } = shape;
      const step = look === "note" ? LINE : 18;
      const inner = lines.length * step + (code === null ? 0 : 14);
      const first = y + (height - inner) / 2 + step - 5;
      return (
        <g className={styles[look]}>
          <rect x={x} y={y} width={width} height={height} rx={look === "note" ? 6 : 10} />
          <Lines
            lines={lines}
            x={x + width / 2}
            y={first}
            anchor="middle"
            className={styles.name}
            step={step}
          />
          {code !== null && (
            <text
              x={x + width / 2}
              y={first + lines.length * step - 2}
              textAnchor="middle"
              className={styles.code}
            >
              {code}
            </text>
          )}
        </g>
      );
    }
    default:
      return assertNever(shape);
  }
}

function Lines({
  lines,
  x,
  y,
  anchor,
  className,
  step = LINE,
}: {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly className: string | undefined;
  readonly step?: number;
}) {
  return (
    <text x={x} y={y} textAnchor={anchor} className={className}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the drawing never changes
        <tspan key={index} x={x} dy={index === 0 ? 0 : step}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** A path along these points, each corner rounded. */
function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first)}`;
  for (const [index, point] of rest.entries()) {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    path +=
      after === undefined
        ? ` L${round(point)}`
        : ` L${round(towards(point, before))} Q${round(point)} ${round(towards(point, after))}`;
  }
  return path;
}

/** The point 8 px from `from` on the way to `to`, or half of the way where that is shorter. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const part = distance === 0 ? 0 : Math.min(8, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function round({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
