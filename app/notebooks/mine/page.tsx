import type { Metadata } from "next";
import { OwnPage } from "../../../components/notebook/own-page.tsx";
import type { PlaygroundConfig } from "../../../lib/reference/api-config.ts";
import config from "../../../playground.config.ts";

export const metadata: Metadata = {
  title: "Your notebooks",
  description: "A notebook of yours, as this browser keeps it.",
};

const { sandbox }: PlaygroundConfig = config;
const scenarioCall = sandbox?.scenario ?? null;
const apis = config.apis.map(({ id }) => id);

/** A notebook that only the reader's browser has: its id stands in the fragment, which no server sees. */
export default function Page() {
  return (
    <article className="reading prose">
      <OwnPage scenarioCall={scenarioCall} apis={apis} />
    </article>
  );
}
