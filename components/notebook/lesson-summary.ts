import type { Notebook } from "../../lib/notebook/notebook.ts";
import { type CellMethods, cellMethod } from "./cell-method.ts";

/** A lesson as lists show it. */
export interface LessonSummary {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Cells that run; of them calls, and of those writes. */
  readonly cells: number;
  readonly calls: number;
  readonly writes: number;
  readonly scenario: string | null;
}

export function summaryOf(slug: string, { info, cells }: Notebook, methods: CellMethods): LessonSummary {
  const calls = cells.flatMap((cell) =>
    cell.kind === "call" || cell.kind === "wait" ? [cell.method.text] : [],
  );
  return {
    slug,
    title: info.title,
    description: info.description,
    cells: cells.filter(({ kind }) => kind !== "prose" && kind !== "input").length,
    calls: calls.length,
    writes: calls.filter((method) => cellMethod(methods, method).access === "write").length,
    scenario: info.scenario,
  };
}

/** `14 cells · 5 calls, 2 of them write` */
export function summaryWords({ cells, calls, writes }: LessonSummary): string {
  const called = `${calls} ${calls === 1 ? "call" : "calls"}`;
  const writing =
    writes === 0 ? "none of them writes" : writes === 1 ? "one of them writes" : `${writes} of them write`;
  return `${cells} ${cells === 1 ? "cell" : "cells"} · ${called}${calls === 0 ? "" : `, ${writing}`}`;
}
