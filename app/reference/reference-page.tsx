import { notFound } from "next/navigation";
import { PAGE_COMPONENTS } from "../../components/reference/page-components.ts";
import { TryIt } from "../../components/run/try-it.tsx";
import { loadExamples } from "../load-examples.ts";
import { loadPage } from "./load-page.ts";

/** A generated page: the reading column, and for a method the column to try it. */
export async function ReferencePage({ slug }: { readonly slug: string }) {
  const loaded = await loadPage(slug);
  if (loaded === null) {
    notFound();
  }
  const { Content, page } = loaded;
  const reading = (
    <article className="reading">
      <Content components={PAGE_COMPONENTS} />
    </article>
  );
  if (page.kind !== "method") {
    return reading;
  }
  return (
    <div className="page-grid">
      {reading}
      <aside className="try-it-column" aria-label="Try it">
        <TryIt
          method={page.name}
          stream={page.stream}
          access={page.access}
          examples={await loadExamples(page.name)}
        />
      </aside>
    </div>
  );
}
