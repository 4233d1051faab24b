import { namedTypes } from "../reference/method-docs.ts";
import type { Method } from "../reference/reference.ts";
import { localName } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { namesIn } from "./mentions.ts";
import { methodRow } from "./method-list.ts";
import { methodLabel, type PageContext } from "./page-context.ts";

/** How many related methods a page names. */
const MAX_RELATED = 8;

/** The section "Related methods": those that the text names, that name this one, that share a message, or its group. */
export function relatedElements(method: Method, context: PageContext): Element[] {
  const reasons = new Map<string, string[]>();
  const add = (name: string, reason: string) => {
    if (name === method.name) return;
    const known = reasons.get(name);
    if (known === undefined) reasons.set(name, [reason]);
    else known.push(reason);
  };
  for (const name of namesIn(method.doc.text)) {
    if (context.methods.has(name)) add(name, "named above");
  }
  for (const name of context.mentions.get(method.name) ?? []) add(name, "its page leads here");
  for (const { type, side } of ownTypes(method, context)) {
    for (const { method: other, kind } of context.near.get(type) ?? []) {
      add(other, sharedReason(side, kind, localName(type, context.packages)));
    }
  }
  const group = context.groups.find(({ methods }) => methods.includes(method.name));
  for (const name of group?.methods ?? []) add(name, `also in ${group?.title.replace(/^.* · /, "")}`);

  const ranked = [...reasons].sort((a, b) => weight(b[1]) - weight(a[1])).slice(0, MAX_RELATED);
  if (ranked.length === 0) return [];
  const rows = ranked.flatMap(([name, why]) => {
    const other = context.methods.get(name);
    if (other === undefined) return [];
    return [
      methodRow(other, context, {
        name: methodLabel(name, context),
        reason: [...new Set(why)].slice(0, 2).join(" · "),
      }),
    ];
  });
  return [element("Section", { title: "Related methods", id: "related" }, [element("MethodList", {}, rows)])];
}

/** The request and the reply themselves, and the types that their fields have. */
function ownTypes(method: Method, context: PageContext): { type: string; side: "request" | "reply" }[] {
  const types = new Map<string, "request" | "reply">();
  for (const [side, type] of [
    ["request", method.input],
    ["reply", method.output],
  ] as const) {
    const fields = context.types.get(type)?.fields ?? [];
    for (const name of [type, ...fields.flatMap((field) => namedTypes(field.type))]) {
      if (!types.has(name)) types.set(name, side);
    }
  }
  return [...types].map(([type, side]) => ({ type, side }));
}

function sharedReason(side: "request" | "reply", other: "request" | "reply", type: string): string {
  if (side === "reply" && other === "request") return `takes the ${type} of this reply`;
  if (side === "request" && other === "reply") return `gives ${/^[AEIOU]/.test(type) ? "an" : "a"} ${type}`;
  return side === "reply" ? `also gives ${type}` : `also takes ${type}`;
}

function weight(reasons: readonly string[]): number {
  const first = reasons[0] ?? "";
  const base =
    first === "named above" ? 8 : first.startsWith("its page") ? 5 : first.startsWith("also in") ? 1 : 3;
  return base + Math.min(reasons.length, 3);
}
