import { notFound } from "next/navigation";
import { PAGE_COMPONENTS } from "../../components/reference/page-components.ts";
import { StaticContent } from "../../components/reference/static-content.tsx";
import { UnfoldElsewhere } from "../../components/reference/unfold-elsewhere.tsx";
import { TryIt } from "../../components/run/try-it.tsx";
import { Contents } from "../../components/shell/contents.tsx";
import { TRY_IT_ANCHOR } from "../../lib/pages/links.ts";
import { loadExamples } from "../load-examples.ts";
import { loadMethod } from "../load-reference.ts";
import { TwinLink } from "../twin-link.tsx";
import { loadPage } from "./load-page.ts";

/** A generated page: the reading column, and for a method the column to try it. */
export async function ReferencePage({ slug }: { readonly slug: string }) {
  const loaded = await loadPage(slug);
  if (loaded === null) {
    notFound();
  }
  const { Content, page, contents } = loaded;
  const href = slug === "index" ? "/reference" : `/reference/${slug.replace(/\/index$/, "")}`;
  if (page.kind !== "method") {
    return (
      <div className="with-contents">
        <article className="reading">
          <TwinLink href={href} />
          <StaticContent>
            <Content components={PAGE_COMPONENTS} />
          </StaticContent>
          <UnfoldElsewhere />
        </article>
        <Contents key={slug} items={contents} form="column" />
      </div>
    );
  }
  // The page is rendered in two parts, so that where there is one column the editor stands between them.
  return (
    <article className="page-grid">
      <div className="reading reading-intro">
        <TwinLink href={href} />
        <StaticContent>
          <Content components={{ ...PAGE_COMPONENTS, Body: Nothing }} />
        </StaticContent>
      </div>
      <aside id={TRY_IT_ANCHOR} className="try-it-column" aria-label="Try it">
        <TryIt
          method={page.name}
          stream={page.stream}
          access={page.access}
          permissions={(await loadMethod(page.name)).permissions}
          safety={(await loadMethod(page.name)).safety}
          examples={await loadExamples(page.name)}
        />
      </aside>
      <div className="reading reading-body">
        <Contents key={slug} items={contents} form="bar" />
        <StaticContent>
          <Content components={{ ...PAGE_COMPONENTS, Intro: Nothing }} />
        </StaticContent>
        <UnfoldElsewhere />
      </div>
    </article>
  );
}

function Nothing() {
  return null;
}
