import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { readImports } from "./read-imports.ts";

/** Which rooms a room may import beside itself. A room is the longest of these prefixes that a path has. */
const ROOMS: Readonly<Record<string, readonly string[] | "anything">> = {
  gen: [],
  "lib/call": [],
  "lib/auction": [],
  "lib/guides": [],
  "lib/macaroon": [],
  "lib/schema": ["gen", "lib/call"],
  "lib/reference": ["lib/schema", "lib/call"],
  "lib/pages": ["lib/reference", "lib/call"],
  "lib/search": ["lib/pages", "lib/reference", "lib/guides", "lib/call"],
  "lib/editor": ["lib/reference", "lib/schema", "lib/call"],
  "lib/form": ["lib/reference", "lib/schema", "lib/editor", "lib/call"],
  "lib/run": ["lib/call", "lib/schema"],
  "lib/reply": ["lib/reference", "lib/schema", "lib/call"],
  "lib/workspace": ["lib/call", "lib/schema"],
  "lib/snippets": ["lib/call", "lib/schema", "lib/reference"],
  "lib/notebook": [
    "lib/call",
    "lib/run",
    "lib/schema",
    "lib/reference",
    "lib/editor",
    "lib/reply",
    "lib/snippets",
    "lib/workspace",
  ],
  server: ["lib/call", "lib/workspace", "lib/schema", "lib/macaroon"],
  sandbox: ["gen", "lib/schema", "lib/auction", "lib/macaroon"],
  components: ["lib"],
  app: ["components", "lib", "playground.config.ts"],
  content: [],
  bin: "anything",
  test: "anything",
  bench: "anything",
  "playground.config.ts": ["lib/reference"],
  "next.config.mjs": [],
};

interface PackageRule {
  readonly name: string;
  readonly matches: (specifier: string) => boolean;
  /** Rooms, or folders of rooms, that may import it. */
  readonly allowed: readonly string[];
}

const TOOLS = ["bin", "test", "bench"];

/** Packages that only some rooms may import. `app` may import Node in files that run on the server only. */
const PACKAGE_RULES: readonly PackageRule[] = [
  { name: "Node", matches: isBuiltin, allowed: ["server", "sandbox", "app", "next.config.mjs", ...TOOLS] },
  { name: "React", matches: startsWith("react", "react-dom"), allowed: ["components", "app", ...TOOLS] },
  { name: "Next", matches: startsWith("next"), allowed: ["components", "app", "server", ...TOOLS] },
  { name: "Monaco", matches: startsWith("monaco-editor"), allowed: ["components/editor", ...TOOLS] },
];

/** An import against the table. */
export interface Violation {
  /** `lib/schema/illegal.ts:3` */
  readonly at: string;
  readonly reason: string;
}

const SOURCE = /\.(?:[cm]?[jt]sx?)$/;
const LEFT_OUT = new Set(["node_modules", "proto", "public", "fixtures", "golden"]);

/** Every import below `root` that the table does not allow, sorted by file. */
export function checkImports(root: string): Violation[] {
  return sourceFiles(root, "").flatMap((file) => checkFile(root, file));
}

/** The source files that are checked, relative to `root`. */
export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return LEFT_OUT.has(entry.name) || entry.name.startsWith(".") ? [] : sourceFiles(root, path);
      }
      return SOURCE.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
    })
    .sort();
}

function checkFile(root: string, file: string): Violation[] {
  const source = readFileSync(join(root, file), "utf8");
  const room = roomOf(file);
  if (room === undefined) {
    return [{ at: file, reason: "is in no room of the import table" }];
  }
  const isClient = /^\s*["']use client["']/.test(source);
  return readImports(source).flatMap(({ specifier, line }) => {
    const reason =
      specifier === null
        ? ROOMS[room] === "anything"
          ? null
          : "imports what is only known at run time"
        : specifier.startsWith(".")
          ? relativeProblem(file, room, specifier)
          : packageProblem(file, isClient, specifier);
    return reason === null ? [] : [{ at: `${file}:${line}`, reason }];
  });
}

function relativeProblem(file: string, room: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(file), specifier);
  const allowed = ROOMS[room];
  const targetRoom = roomOf(target);
  if (allowed === "anything" || targetRoom === room) {
    return null;
  }
  if (targetRoom === undefined) {
    return `imports ${target}, which is in no room`;
  }
  return allowed?.some((name) => isWithin(targetRoom, name)) === true
    ? null
    : `${room} may not import ${targetRoom}`;
}

function packageProblem(file: string, isClient: boolean, specifier: string): string | null {
  for (const { name, matches, allowed } of PACKAGE_RULES) {
    if (matches(specifier)) {
      const isAllowed = allowed.some((folder) => isWithin(file, folder));
      const inBrowser = name === "Node" && isClient;
      return isAllowed && !inBrowser
        ? null
        : `${name} (${specifier}) is not for ${inBrowser ? "the browser" : roomOf(file)}`;
    }
  }
  return null;
}

function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => isWithin(path, room))
    .sort((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function startsWith(...names: readonly string[]): (specifier: string) => boolean {
  return (specifier) => names.some((name) => isWithin(specifier, name));
}
