import { Callout, Lead, ProtoFiles, Use, Uses } from "../components/guide/landing.tsx";
import { TryIt } from "../components/run/try-it.tsx";
import config from "../playground.config.ts";
import { loadExamples } from "./load-examples.ts";
import { loadGuide } from "./load-guide.ts";
import { loadReference } from "./load-reference.ts";
import { TwinLink } from "./twin-link.tsx";

export default async function LandingPage() {
  const [{ default: Content }, { api, services }] = await Promise.all([loadGuide("index"), loadReference()]);
  const first = services
    .flatMap(({ methods }) => methods)
    .find(({ name }) => name === config.apis[0].live?.method);
  return (
    <div className="page-grid">
      <article className="reading prose">
        <TwinLink href="/" />
        <Content api={api} components={{ Lead, Uses, Use, Callout, ProtoFiles }} />
      </article>
      {first !== undefined && (
        <aside className="try-it-column" aria-label="First call">
          <div>
            <h2 className="try-it-title">
              Try a first call: <code>{first.shortName}</code>
            </h2>
            <TryIt
              method={first.name}
              stream={first.stream}
              access={first.access}
              permissions={first.permissions}
              safety={first.safety}
              examples={await loadExamples(first.name)}
            />
          </div>
        </aside>
      )}
    </div>
  );
}
