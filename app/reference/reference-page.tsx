import { notFound } from "next/navigation";
import { PAGE_COMPONENTS } from "../../components/reference/page-components.ts";
import { TryIt } from "../../components/run/try-it.tsx";
import { loadExamples } from "../load-examples.ts";
import { loadMethod } from "../load-reference.ts";
import { loadPage } from "./load-page.ts";

/** A generated page: the reading column, and for a method the column to try it. */
export async function ReferencePage({ slug }: { readonly slug: string }) {
  const loaded = await loadPage(slug);
  if (loaded === null) {
    notFound();
  }
  const { Content, page } = loaded;
  if (page.kind !== "method") {
    return (
      <article className="reading">
        <Content components={PAGE_COMPONENTS} />
      </article>
    );
  }
  // The page is rendered in two parts, so that where there is one column the editor stands between them.
  return (
    <article className="page-grid">
      <div className="reading reading-intro">
        <Content components={{ ...PAGE_COMPONENTS, Body: Nothing }} />
      </div>
      <aside className="try-it-column" aria-label="Try it">
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
        <Content components={{ ...PAGE_COMPONENTS, Intro: Nothing }} />
      </div>
    </article>
  );
}

function Nothing() {
  return null;
}
