import type { Metadata } from "next";
import { Lead } from "../../components/guide/landing.tsx";
import { LessonList } from "../../components/notebook/lesson-list.tsx";
import { summaryOf } from "../../components/notebook/lesson-summary.ts";
import { OwnList } from "../../components/notebook/own-list.tsx";
import { listLessons, methodsOf } from "../load-notebook.ts";
import { TwinLink } from "../twin-link.tsx";

const description = "Lessons that run: calls that depend on each other, with what they mean beside them.";

export const metadata: Metadata = { title: "Notebooks", description };

export default async function Page() {
  const lessons = await Promise.all(
    (await listLessons()).map(async ({ slug, notebook }) =>
      summaryOf(slug, notebook, await methodsOf(notebook)),
    ),
  );
  return (
    <article className="reading prose">
      <TwinLink href="/notebooks" />
      <h1>Notebooks</h1>
      <Lead>
        Learning an API means making calls that depend on each other. Each of these pages is a lesson that
        runs: press one cell after the other, or all at once, and look at what comes back.
      </Lead>
      <LessonList lessons={lessons} />
      <OwnList />
    </article>
  );
}
