import { existsSync } from "node:fs";
import { join } from "node:path";
import { lintGuides } from "../lib/guides/lint-guides.ts";
import { lintDocs } from "../lib/reference/doc-lint.ts";
import { apiFile } from "./steps/api-files.ts";
import { generate } from "./steps/generate.ts";
import { lessonApis, lintNotebooks, readLessons } from "./steps/lint-notebooks.ts";
import { siteConfig } from "./steps/site-config.ts";
import { lintPageLinks, readGuides, readReferences, siteFacts } from "./steps/site-facts.ts";

const ROOT = join(import.meta.dirname, "..");
const { apis } = siteConfig;

if (!apis.every(({ id }) => existsSync(join(ROOT, apiFile(id, "reference.json"))))) {
  await generate({ root: ROOT, force: false, check: false, log: () => {} });
}
const guides = readGuides(ROOT);
const facts = siteFacts(ROOT, apis, guides);
const problems = [
  ...[
    ...lintGuides(guides, facts),
    ...lintPageLinks(ROOT, facts),
    ...lintNotebooks(readLessons(ROOT), facts, await lessonApis(ROOT, apis)),
  ].map(({ file, line, problem }) => `${file}:${line}: ${problem}`),
  ...readReferences(ROOT, apis)
    .flatMap(lintDocs)
    .map(({ name, problem }) => `${name} ${problem}`),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
