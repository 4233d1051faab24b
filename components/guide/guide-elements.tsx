import { Children, isValidElement, type ReactNode } from "react";
import { headingId } from "../../lib/guides/heading-id.ts";
import { CodeBlock, type RequestHref } from "./code-block.tsx";
import { GUIDE_COMPONENTS } from "./guide-components.ts";
import styles from "./heading.module.css";

/** What a guide may name and what its Markdown becomes, on a site where requests lead to these pages. */
export function guideElements(requestHref: RequestHref) {
  return {
    ...GUIDE_COMPONENTS,
    h2: ({ children }: { readonly children?: ReactNode }) => <Heading level="h2">{children}</Heading>,
    h3: ({ children }: { readonly children?: ReactNode }) => <Heading level="h3">{children}</Heading>,
    pre: ({ children }: { readonly children?: ReactNode }) => {
      const code = isValidElement<CodeProps>(children) ? children.props : {};
      return (
        <CodeBlock
          language={/language-(\S+)/.exec(code.className ?? "")?.[1] ?? null}
          meta={code.meta ?? null}
          text={textOf(code.children).replace(/\n$/, "")}
          requestHref={requestHref}
        />
      );
    },
  };
}

/** What MDX gives to the `code` of a fenced block; `meta` by `keepMeta`. */
interface CodeProps {
  readonly className?: string;
  readonly meta?: string;
  readonly children?: ReactNode;
}

/** A heading that can be linked to: the link shows beside it. */
function Heading({ level: Level, children }: { readonly level: "h2" | "h3"; readonly children: ReactNode }) {
  const text = textOf(children);
  const id = headingId(text);
  return (
    <Level id={id} className={styles.heading}>
      {children}
      <a href={`#${id}`} className={styles.anchor} aria-label={`Link to ${text}`}>
        #
      </a>
    </Level>
  );
}

function textOf(node: ReactNode): string {
  return Children.toArray(node)
    .map((child) =>
      isValidElement<{ children?: ReactNode }>(child) ? textOf(child.props.children) : String(child),
    )
    .join("");
}
