import type { SnippetLanguage } from "../../lib/snippets/snippet.ts";
import { loadFixtureApis } from "./fixture-cases.ts";
import { type Cell, openStage, programsOf, runCase } from "./run-matrix.ts";
import { TOOLCHAINS } from "./toolchains.ts";

/** Languages whose generators rename what they find, so that Pool's own names prove too little. */
const LANGUAGES: readonly string[] = ["go", "rust"];

/** The cells of a language over the fixtures' APIs; none for a language whose names are those of the protos. */
export async function runFixtures(language: SnippetLanguage): Promise<readonly Cell[]> {
  if (!LANGUAGES.includes(language.id)) return [];
  const cells: Cell[] = [];
  for (const { protos, registry, cases } of await loadFixtureApis()) {
    const stage = await openStage(registry, protos);
    const toolchain = await TOOLCHAINS[language.id]?.("", stage, programsOf(language, cases, stage));
    for (const each of cases) {
      if (toolchain?.kind === "ready") cells.push(await runCase(language, toolchain, each, stage));
      else cells.push({ kind: "failed", method: each.name, why: toolchain?.reason ?? "" });
    }
    if (toolchain?.kind === "ready") await toolchain.close?.();
    await stage.close();
  }
  return cells;
}
