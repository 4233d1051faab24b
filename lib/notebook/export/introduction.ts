import { endpointsOf } from "./endpoints.ts";
import { optionName } from "./option-names.ts";
import type { ExportContext, Plan } from "./plan.ts";

/** What stands at the top of an export: what it is, whom it talks to, what it changes, and what it leaves out. `flags`: whether values are chosen by flags. */
export function introduction(plan: Plan, context: ExportContext, flags = true): string {
  const { notebook, writes, beginning, steps, notes } = plan;
  const places = endpointsOf(plan).map(({ client }) => client.address);
  const where = context.sandbox ? "the sandbox" : "the daemon";
  const lines = [notebook.info.title, "", notebook.info.description, ""];
  if (places.length > 0) lines.push(`It talks to ${where} at ${places.join(" and ")}.`);
  lines.push(writes.length === 0 ? "It changes nothing." : `It changes something by ${writes.join(", ")}.`);
  const inputs = steps.flatMap((step) => (step.kind === "input" ? [`--${optionName(step.cell.as)}`] : []));
  if (flags && inputs.length > 0) lines.push(`Values to choose: ${inputs.join(", ")}.`);
  if (beginning !== null) {
    lines.push(`It was made for the world of the scenario ${beginning.scenario}.`);
  }
  if (notes.length > 0) lines.push("", ...notes);
  return lines.join("\n");
}

/** Whether a program has to be told that it may write: anywhere but on the sandbox. */
export function needsLeave({ writes }: Plan, { sandbox }: ExportContext): boolean {
  return writes.length > 0 && !sandbox;
}
