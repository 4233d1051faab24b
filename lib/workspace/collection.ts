import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import { positionAt } from "../schema/problem.ts";

/** A request under a name. */
export interface SavedRequest {
  readonly name: string;
  /** A heading to stand under; empty for none. */
  readonly folder: string;
  /** Fully qualified. It need not exist in the API at hand. */
  readonly method: string;
  readonly bytes: BytesForm;
  /** ProtoJSON text as it was in the editor, comments included. */
  readonly request: string;
}

/** Named requests: by folder, then name, each pair once. */
export interface Collection {
  readonly requests: readonly SavedRequest[];
}

export type CollectionReading =
  | { readonly kind: "ok"; readonly collection: Collection }
  /** `message` says what and where: `line 4, column 7: …` */
  | { readonly kind: "problem"; readonly message: string };

/** What the server says of the collection's file. `text` and `version` are null where there is none yet. */
export type CollectionAnswer =
  | {
      readonly kind: "file";
      /** The file's name without its folder. */
      readonly name: string;
      readonly text: string | null;
      readonly version: string | null;
    }
  | { readonly kind: "problem"; readonly message: string };

export const EMPTY_COLLECTION: Collection = { requests: [] };

/** Bytes of a collection's file at most. */
export const MOST_COLLECTION_BYTES = 1 << 20;

const VERSION = 1;
const LONGEST_NAME = 120;
const KEYS = ["name", "folder", "method", "bytes", "request"];

/**
 * The text of a collection's file: keys in one order, requests sorted, and each request as its lines, so that a change of
 * one is a change of few lines.
 */
export function writeCollection(collection: Collection): string {
  const requests = sorted(collection.requests).map(({ name, folder, method, bytes, request }) => ({
    name,
    ...(folder === "" ? {} : { folder }),
    method,
    bytes,
    request: request.split("\n"),
  }));
  return `${JSON.stringify({ version: VERSION, requests }, null, 2)}\n`;
}

/** Reads the text of a collection's file, which people edit too: the first thing that is wrong is told with its place. */
export function readCollection(text: string): CollectionReading {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined)
      throw new Misplaced(error.offset, `${words(printParseErrorCode(error.error))} here.`);
    return { kind: "ok", collection: { requests: sorted(readRoot(root)) } };
  } catch (cause) {
    if (cause instanceof RangeError) return { kind: "problem", message: "it is nested too deeply." };
    if (!(cause instanceof Misplaced)) throw cause;
    const { line, column } = positionAt(text, cause.offset);
    return { kind: "problem", message: `line ${line}, column ${column}: ${cause.message}` };
  }
}

/** The collection with this request: it takes the place of one with the same folder and name. */
export function withRequest({ requests }: Collection, saved: SavedRequest): Collection {
  return { requests: sorted([...requests.filter((each) => !isSame(each, saved)), saved]) };
}

export function withoutRequest({ requests }: Collection, removed: SavedKey): Collection {
  return { requests: requests.filter((each) => !isSame(each, removed)) };
}

/** What tells a saved request from the others. */
export type SavedKey = Pick<SavedRequest, "folder" | "name">;

export function findRequest({ requests }: Collection, key: SavedKey): SavedRequest | undefined {
  return requests.find((each) => isSame(each, key));
}

/** Why a name or folder cannot be used, in a sentence; null where it can. */
export function problemOfName(text: string, what: "name" | "folder"): string | null {
  if (text.trim() === "" && what === "name") return "Give it a name.";
  if (text.length > LONGEST_NAME) return `A ${what} has at most ${LONGEST_NAME} characters.`;
  return text === text.trim() && !/[\p{Cc}\p{Bidi_Control}]/u.test(text)
    ? null
    : `A ${what} is one line of text without spaces around it.`;
}

/** Something that is wrong at a place of the text. */
class Misplaced extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

function readRoot(root: Node | undefined): SavedRequest[] {
  const members = membersOf(root, "a collection", ["version", "requests"]);
  const version = members.get("version");
  if (version?.value !== VERSION) {
    throw new Misplaced(
      version?.offset ?? 0,
      typeof version?.value === "number" && version.value > VERSION
        ? "a newer Pool Playground wrote this collection: update this one to read it."
        : `a collection has "version": ${VERSION}.`,
    );
  }
  const list = members.get("requests");
  if (list?.type !== "array")
    throw new Misplaced(list?.offset ?? root?.offset ?? 0, 'a collection has "requests": [ … ].');
  const requests: SavedRequest[] = [];
  const known = new Set<string>();
  for (const node of list.children ?? []) {
    const saved = readSaved(node);
    // Neither of them has control characters in it.
    const key = `${saved.folder}\0${saved.name}`;
    if (known.has(key)) {
      throw new Misplaced(node.offset, `"${saved.name}" is there twice in one folder: rename one.`);
    }
    known.add(key);
    requests.push(saved);
  }
  return requests;
}

function readSaved(node: Node): SavedRequest {
  const members = membersOf(node, "a saved request", KEYS);
  const text = (key: string, fallback?: string): string => {
    const value = members.get(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value?.value === "string") return value.value;
    throw new Misplaced(value?.offset ?? node.offset, `a saved request has "${key}": "…".`);
  };
  const checked = (what: "name" | "folder", fallback?: string): string => {
    const value = text(what, fallback);
    const problem = problemOfName(value, what);
    if (problem !== null) throw new Misplaced(members.get(what)?.offset ?? node.offset, problem);
    return value;
  };
  const method = text("method");
  if (!/^[A-Za-z_]\w*(\.\w+)+$/.test(method)) {
    throw new Misplaced(
      members.get("method")?.offset ?? node.offset,
      `"${method}" is no full name of a method, such as package.Service.Method.`,
    );
  }
  return {
    name: checked("name"),
    folder: checked("folder", ""),
    method,
    bytes: readBytes(members.get("bytes")),
    request: readLines(node, members.get("request")),
  };
}

function readBytes(node: Node | undefined): BytesForm {
  const value: unknown = node === undefined ? "hex" : node.value;
  if (value === "hex" || value === "base64" || value === "base64url") return value;
  throw new Misplaced(node?.offset ?? 0, '"bytes" is "hex", "base64" or "base64url".');
}

function readLines(saved: Node, node: Node | undefined): string {
  if (typeof node?.value === "string") return node.value;
  const lines = node?.children ?? [];
  const wrong = node?.type === "array" ? lines.find(({ type }) => type !== "string") : (node ?? saved);
  if (wrong === undefined) return lines.map(({ value }) => String(value)).join("\n");
  throw new Misplaced(wrong.offset, 'a saved request has "request": its lines, as a list of texts.');
}

function membersOf(node: Node | undefined, what: string, keys: readonly string[]): Map<string, Node> {
  if (node?.type !== "object") throw new Misplaced(node?.offset ?? 0, `${what} is an object: { … }.`);
  const members = new Map<string, Node>();
  for (const { offset, children = [] } of node.children ?? []) {
    const [key, value] = children;
    const name = String(key?.value);
    if (!keys.includes(name)) {
      throw new Misplaced(offset, `${what} has no "${name}": it has ${keys.join(", ")}.`);
    }
    if (members.has(name)) throw new Misplaced(offset, `"${name}" is there twice.`);
    if (value !== undefined) members.set(name, value);
  }
  return members;
}

function isSame(a: SavedKey, b: SavedKey): boolean {
  return a.folder === b.folder && a.name === b.name;
}

function sorted(requests: readonly SavedRequest[]): SavedRequest[] {
  return [...requests].sort((a, b) => compare(a.folder, b.folder) || compare(a.name, b.name));
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `PropertyNameExpected` → `property name expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
