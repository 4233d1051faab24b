import type { Expression } from "../parse-expression.ts";

/** A macro as it was written, of what the parser made of it. */
export interface Macro {
  readonly form: "all" | "exists" | "exists-one" | "collect";
  readonly of: Expression;
  readonly variable: string;
  /** null: none was given (`map` with two arguments). */
  readonly condition: Expression | null;
  /** Of `collect`: what each gives. */
  readonly result: Expression | null;
}

/** Recognises `all`, `exists`, `exists_one`, `filter` and `map`; null for a comprehension that is none of them. */
export function macroOf(expr: Expression): Macro | null {
  if (expr.exprKind.case !== "comprehensionExpr") return null;
  const { iterRange: of, iterVar: variable, iterVar2, accuVar, accuInit, loopStep } = expr.exprKind.value;
  if (of === undefined || loopStep === undefined || accuInit === undefined || iterVar2 !== "") return null;
  const step = callOf(loopStep);
  if (step === null) return null;
  const base = { of, variable };
  const [first, second, third] = step.args;
  if (first === undefined || second === undefined) return null;
  if (step.name === "_||_" && isName(first, accuVar)) {
    return { ...base, form: "exists", condition: second, result: null };
  }
  if (step.name === "_&&_" && isName(first, accuVar)) {
    return { ...base, form: "all", condition: second, result: null };
  }
  if (step.name === "_?_:_" && third !== undefined && isName(third, accuVar)) {
    if (accuInit.exprKind.case === "constExpr") {
      return { ...base, form: "exists-one", condition: first, result: null };
    }
    const result = appended(second, accuVar);
    return result === null ? null : { ...base, form: "collect", condition: first, result };
  }
  const result = appended(loopStep, accuVar);
  return result === null ? null : { ...base, form: "collect", condition: null, result };
}

/** Of `accu + [item]` the item. */
function appended(expr: Expression, accu: string): Expression | null {
  const call = callOf(expr);
  const [first, second] = call?.name === "_+_" ? call.args : [];
  if (first === undefined || !isName(first, accu) || second?.exprKind.case !== "listExpr") return null;
  const { elements } = second.exprKind.value;
  return elements.length === 1 ? (elements[0] ?? null) : null;
}

function callOf(expr: Expression): { readonly name: string; readonly args: readonly Expression[] } | null {
  if (expr.exprKind.case !== "callExpr" || expr.exprKind.value.target !== undefined) return null;
  return { name: expr.exprKind.value.function, args: expr.exprKind.value.args };
}

function isName(expr: Expression, name: string): boolean {
  return expr.exprKind.case === "identExpr" && expr.exprKind.value.name === name;
}
