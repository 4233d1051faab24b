import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds serious or critical, as `rule: first target`. axe runs through the debugger, beside the page's CSP. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.target} (${nodes.length})`);
  });
}
