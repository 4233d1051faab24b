import { type BlockKind, readBlockMeta } from "../../lib/guides/code-block.ts";
import { colourCode } from "../../lib/guides/colour-code.ts";
import styles from "./code-block.module.css";
import { CopyCode } from "./copy-code.tsx";
import { Diagram } from "./diagram.tsx";

/** The page of a method with this request in its editor. */
export type RequestHref = (method: string, request: string) => string | undefined;

/** A fenced block of a guide: code with what it is above it, or a diagram. */
export function CodeBlock({
  language,
  meta,
  text,
  requestHref,
}: {
  readonly language: string | null;
  readonly meta: string | null;
  readonly text: string;
  readonly requestHref: RequestHref;
}) {
  const { block, title } = readBlockMeta(language, meta);
  if (block.kind === "diagram") return <Diagram kind={block.diagram} text={text} caption={block.caption} />;
  const head = title ?? headOf(block);
  const tryHref = block.kind === "request" ? requestHref(block.method, text) : undefined;
  const quiet = block.kind === "output" || block.kind === "reply";
  return (
    <div className={quiet ? `${styles.block} ${styles.quiet}` : styles.block} data-kind={block.kind}>
      <div className={styles.head}>
        <span>{head}</span>
        {tryHref !== undefined && (
          <a href={tryHref} className={styles.try}>
            Open in the editor
          </a>
        )}
        {!quiet && <CopyCode text={text} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls sideways is scrolled by keyboard too */}
      <pre tabIndex={0}>
        <code>
          {colourCode(language, text).map(({ kind, text: part }, index) =>
            kind === null ? (
              part
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the code never changes
              <span key={index} className={styles[kind]}>
                {part}
              </span>
            ),
          )}
        </code>
      </pre>
    </div>
  );
}

function headOf(block: Exclude<BlockKind, { kind: "diagram" }>): string {
  switch (block.kind) {
    case "run":
      return block.needs === null ? "Run" : `Run, with ${block.needs}`;
    case "request":
      return `Request of ${lastPart(block.method)}${block.refused ? ", refused" : ""}`;
    case "reply":
      return `Reply of ${lastPart(block.method)}`;
    case "output":
      return "Output";
    case "unmarked":
      return "Code";
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
