import type { Registry } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import type { WrittenBytes } from "./bytes-lens.ts";
import type { Problem, ProblemCode } from "./problem.ts";

/** A problem as the readers report it: at a node, or at an offset within it. */
export interface Report {
  readonly code: ProblemCode;
  readonly message: string;
  readonly node: Node;
  readonly path: string;
  readonly severity?: "error" | "warning";
  readonly offset?: number;
  readonly length?: number;
  /** Text to write in place of the node. */
  readonly replacement?: string;
  readonly title?: string;
}

/** A `bytes` value of a text, with what it says. */
export interface ReadBytes {
  readonly node: Node;
  readonly path: string;
  readonly written: WrittenBytes;
  readonly bytes: Uint8Array;
}

/** One reading of a text: its inputs and the problems found so far. */
export interface Reading {
  readonly text: string;
  readonly bytes: BytesForm;
  readonly registry: Registry;
  readonly problems: Problem[];
  /** Every `bytes` value that could be read, in the text's order. */
  readonly bytesRead: ReadBytes[];
  /** Adds a problem. Gives undefined, so that a reader can return it in place of the value. */
  report(report: Report): undefined;
}

/** More problems than these are not told: the first ones are what is read. */
const maxProblems = 100;

export function startReading(text: string, bytes: BytesForm, registry: Registry): Reading {
  const problems: Problem[] = [];
  const report = (report: Report): undefined => {
    const error = report.severity !== "warning";
    if (problems.length >= maxProblems && (!error || problems.some((each) => each.severity === "error")))
      return;
    problems.push(toProblem(report));
  };
  return { text, bytes, registry, problems, bytesRead: [], report };
}

function toProblem(report: Report): Problem {
  const { node, replacement } = report;
  const problem: Problem = {
    severity: report.severity ?? "error",
    code: report.code,
    message: report.message,
    offset: report.offset ?? node.offset,
    length: report.length ?? Math.max(1, node.length),
    path: report.path,
  };
  if (replacement === undefined) return problem;
  const title =
    report.title ?? `Write ${replacement.length > 40 ? `${replacement.slice(0, 39)}…` : replacement}`;
  return {
    ...problem,
    fix: { title, edits: [{ offset: node.offset, length: node.length, text: replacement }] },
  };
}

/** The node's own characters. */
export function sourceOf(reading: Reading, node: Node): string {
  return reading.text.slice(node.offset, node.offset + node.length);
}

/** What the node is, in words: `a string`. */
export function nodeKind(node: Node): string {
  switch (node.type) {
    case "object":
      return "an object";
    case "array":
      return "an array";
    case "property":
      return "a field";
    case "string":
      return "a string";
    case "number":
      return "a number";
    case "boolean":
      return node.value === true ? "true" : "false";
    case "null":
      return "null";
  }
}
