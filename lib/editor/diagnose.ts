import type { DescMessage, Message } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { decodeBytes } from "../schema/bytes-lens.ts";
import { toHex } from "../schema/bytes-text.ts";
import { findHazards, type Hazard } from "../schema/hazards.ts";
import type { Problem } from "../schema/problem.ts";
import type { ReadBytes } from "../schema/request-reading.ts";
import type { RequestTreeReading } from "../schema/request-text.ts";
import { allOfField } from "./all-fields.ts";
import { bytesRule } from "./bytes-rule.ts";
import { byteCount } from "./bytes-words.ts";
import { itemMeaning, type Meaning, memberMeaning, nodeMeaning } from "./cursor.ts";
import { fieldDocs } from "./describe.ts";
import { insertMember } from "./insert-member.ts";
import { limitsRule, nextAllowed } from "./limits-rule.ts";
import type { RecentValue } from "./recent-values.ts";
import { type ValuesOptions, writtenInteger, writtenValues } from "./values.ts";

export interface DiagnoseOptions extends ValuesOptions {
  readonly recents: readonly RecentValue[];
}

/** More warnings than these are not told. */
const mostWarnings = 100;

/**
 * Everything there is to say about a request that was read, in the order of the text: what keeps it from being sent, what
 * is known to crash a daemon, and what the docs say against a value.
 */
export function diagnose(
  { result, root, bytesRead }: RequestTreeReading,
  options: DiagnoseOptions,
): readonly Problem[] {
  const told = result.kind === "ok" ? result.warnings : result.problems;
  if (root === null) return told;
  const found = [
    ...(result.kind === "ok" ? hazards(result.message, root, options) : []),
    ...bytesRead.flatMap((read) => lengthProblem(read, options) ?? txidProblem(read, options) ?? []),
    ...limitProblems(root, options),
  ];
  const added = found
    .slice(0, mostWarnings)
    .filter(({ offset }) => !told.some((each) => each.offset === offset));
  return [...told, ...added].sort((a, b) => a.offset - b.offset);
}

function hazards(message: Message, root: Node, options: DiagnoseOptions): Problem[] {
  const { desc, docs } = options;
  const found = findHazards(desc, message, (type) => docs.messages[type]?.needed ?? []);
  if (found.length === 0) return [];
  const holders = new Map<string, Holder>();
  collectHolders(root, { kind: "message", desc }, "", holders);
  return found.map((hazard) => hazardProblem(hazard, holders.get(hazard.path), options));
}

interface Holder {
  readonly node: Node;
  readonly desc: DescMessage;
}

/** Every message of the text by its path as `findHazards` writes it. */
function collectHolders(node: Node, meaning: Meaning, path: string, into: Map<string, Holder>): void {
  if (node.type === "array") {
    const item = itemMeaning(meaning);
    node.children?.forEach((child, index) => {
      if (item !== null) collectHolders(child, item, `${path}[${index}]`, into);
    });
    return;
  }
  if (node.type !== "object") return;
  if (meaning.kind === "message") into.set(path, { node, desc: meaning.desc });
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    const member = memberMeaning(meaning, name);
    if (member === null || value === undefined) continue;
    const field = meaning.kind === "message" ? fieldNameOf(meaning.desc, name) : null;
    const inner = field === null ? `${path}[${name}]` : path === "" ? field : `${path}.${field}`;
    collectHolders(value, member, inner, into);
  }
}

function fieldNameOf(desc: DescMessage, key: string): string {
  return desc.fields.find(({ name, jsonName }) => name === key || jsonName === key)?.name ?? key;
}

function hazardProblem(hazard: Hazard, holder: Holder | undefined, options: DiagnoseOptions): Problem {
  const { path, message } = hazard;
  const problem = { severity: "warning", code: "hazard", message, path } as const;
  if (holder === undefined) return { ...problem, offset: 0, length: 1 };
  const { node, desc } = holder;
  const marked = node.parent?.type === "property" ? (node.parent.children?.[0] ?? node) : node;
  const field = desc.fields.find(({ name }) => name === hazard.field);
  const place = { offset: marked.offset, length: marked === node ? 1 : marked.length };
  if (field === undefined) return { ...problem, ...place };
  const value = allOfField(field, options.docs, { notes: false });
  const edits = insertMember(options.text, node, field, value);
  return { ...problem, ...place, fix: { title: `Add ${field.name}`, edits } };
}

function lengthProblem({ node, path, written, bytes }: ReadBytes, options: DiagnoseOptions): Problem | null {
  if (bytes.length === 0) return null;
  const line = docsLine(node, options, "bytes");
  const rule = bytesRule(line);
  if (rule?.length == null || rule.length === bytes.length) return null;
  const others = (["hex", "base64", "text"] as const).filter(
    (lens) => lens !== written.lens && decodeBytes(lens, written.body)?.length === rule.length,
  );
  const [lens] = written.prefixed ? [] : others;
  const meant = lens === undefined ? "" : ` It would be as ${lens}.`;
  const message = `This is ${byteCount(bytes.length)} and not ${rule.length}, as it is said to be: ${line}.${meant}`;
  const problem = {
    severity: "warning",
    code: "bytes",
    message,
    path,
    offset: node.offset,
    length: node.length,
  } as const;
  if (lens === undefined) return problem;
  const text = JSON.stringify(`${lens}:${written.body}`);
  const edits = [{ offset: node.offset, length: node.length, text }];
  return { ...problem, fix: { title: `Write ${lens}:…`, edits } };
}

/** A transaction id in the order that explorers show, where the wire wants the other. */
function txidProblem({ node, path, written, bytes }: ReadBytes, options: DiagnoseOptions): Problem | null {
  if (written.lens === "txid" || bytes.length !== 32 || options.recents.length === 0) return null;
  if (bytesRule(docsLine(node, options, "bytes"))?.reversed !== true) return null;
  const hex = toHex(bytes);
  const shown = options.recents.find(({ form, value }) => form === "string" && value === hex);
  if (shown === undefined) return null;
  const message = `This is the ${shown.label} as explorers show it, and the wire has it reversed: write "txid:…".`;
  const edits = [{ offset: node.offset, length: node.length, text: JSON.stringify(`txid:${hex}`) }];
  return {
    severity: "warning",
    code: "bytes",
    message,
    path,
    offset: node.offset,
    length: node.length,
    fix: { title: "Write txid:…", edits },
  };
}

function docsLine(node: Node, { desc, docs }: DiagnoseOptions, of: "bytes"): string | null {
  const meaning = nodeMeaning(node, desc);
  return meaning?.kind === "value" ? (fieldDocs(docs, meaning.field)?.[of] ?? null) : null;
}

function limitProblems(root: Node, options: DiagnoseOptions): Problem[] {
  const found: Problem[] = [];
  for (const { node, field } of writtenValues(root, options)) {
    const limits = fieldDocs(options.docs, field)?.limits;
    const rule = limitsRule(limits);
    const value = rule === null ? null : writtenInteger(options.text, node, field);
    // 0 is what an unset field has, and means that: it is for the daemon to judge.
    if (rule === null || value === null || value === 0n) continue;
    const next = nextAllowed(value, rule);
    if (next === null) continue;
    const written = node.type === "string" ? `"${next}"` : next.toString();
    found.push({
      severity: "warning",
      code: "limit",
      message: `${field.name} is outside of its limits: ${limits}.`,
      path: field.name,
      offset: node.offset,
      length: node.length,
      fix: {
        title: `Write ${next}`,
        edits: [{ offset: node.offset, length: node.length, text: written }],
      },
    });
  }
  return found;
}
