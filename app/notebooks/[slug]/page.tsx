import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LessonHead } from "../../../components/notebook/lesson-head.tsx";
import { NotebookView } from "../../../components/notebook/notebook-view.tsx";
import { proseHeadings, renderProse } from "../../../components/notebook/prose.tsx";
import { Neighbours } from "../../../components/reference/neighbours.tsx";
import { staticHtml } from "../../../components/reference/static-html.ts";
import { Contents } from "../../../components/shell/contents.tsx";
import type { Notebook } from "../../../lib/notebook/notebook.ts";
import type { PlaygroundConfig } from "../../../lib/reference/api-config.ts";
import config from "../../../playground.config.ts";
import { nameLinks } from "../../load-guide.ts";
import { type Lesson, listLessons, methodsOf } from "../../load-notebook.ts";
import { TwinLink } from "../../twin-link.tsx";

interface Params {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export async function generateStaticParams() {
  return (await listLessons()).map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { title, description } = (await findLesson(params)).notebook.info;
  return { title, description };
}

/** A notebook: its prose and cells, as they are read before any script has come. */
export default async function NotebookPage({ params }: Params) {
  const { slug, notebook } = await findLesson(params);
  const [methods, prose, lessons] = await Promise.all([
    methodsOf(notebook),
    proseOf(notebook),
    listLessons(),
  ]);
  const at = lessons.findIndex((lesson) => lesson.slug === slug);
  const [previous, next] = [neighbour(lessons[at - 1]), neighbour(lessons[at + 1])];
  return (
    <div className="with-contents">
      <article className="reading prose">
        <TwinLink href={`/notebooks/${slug}`} />
        <LessonHead notebook={notebook} methods={methods} lessons={lessons.length} />
        <NotebookView
          slug={slug}
          notebook={notebook}
          prose={prose}
          methods={methods}
          scenarioCall={scenarioCall}
          apis={apis}
        />
        <Neighbours
          {...(previous === undefined ? {} : { previous })}
          {...(next === undefined ? {} : { next })}
        />
      </article>
      <Contents
        items={notebook.cells.flatMap((cell) =>
          cell.kind === "prose"
            ? proseHeadings(cell.text).flatMap(({ id, text, depth }) =>
                depth === 2 ? [[id, text, 0] as const] : [],
              )
            : [],
        )}
        form="column"
      />
    </div>
  );
}

const { sandbox }: PlaygroundConfig = config;
const scenarioCall = sandbox?.scenario ?? null;
const apis = config.apis.map(({ id }) => id);

/** The prose as HTML, by the ids of its cells. */
async function proseOf(notebook: Notebook): Promise<Record<string, string>> {
  const names = await nameLinks();
  return Object.fromEntries(
    notebook.cells.flatMap((cell) => {
      if (cell.kind !== "prose") return [];
      const html = staticHtml(renderProse(cell.text, (name) => names.get(name)));
      if (html === null) throw new Error(`line ${cell.place.line}: this prose is more than markup`);
      return [[cell.id, html]];
    }),
  );
}

function neighbour(lesson: Lesson | undefined) {
  return lesson === undefined
    ? undefined
    : { text: lesson.notebook.info.title, href: `/notebooks/${lesson.slug}` };
}

async function findLesson(params: Params["params"]): Promise<Lesson> {
  const { slug } = await params;
  return (await listLessons()).find((lesson) => lesson.slug === slug) ?? notFound();
}
