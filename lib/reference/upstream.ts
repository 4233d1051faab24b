import type { UpstreamLink } from "./reference.ts";
import { SourceError } from "./source-error.ts";

/** Where the definitions come from: the published repository at one commit. */
export interface Upstream {
  readonly repository: string;
  readonly release: string;
  readonly commit: string;
  /** Our path of each file → its path in that repository. */
  readonly files: Readonly<Record<string, string>>;
  /** Full name of a definition → its line in its file. */
  readonly lines: Readonly<Record<string, number>>;
}

/** Reads the JSON that records the upstream lines. `file` is its path, for errors. */
export function readUpstream(json: string, file: string): Upstream {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SourceError(file, null, `not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!isUpstream(value)) {
    throw new SourceError(file, null, "expected repository, release, commit, files and lines");
  }
  return value;
}

function isUpstream(value: unknown): value is Upstream {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { repository, release, commit, files, lines } = value as Record<string, unknown>;
  return (
    [repository, release, commit].every((text) => typeof text === "string") &&
    isRecordOf(files, "string") &&
    isRecordOf(lines, "number")
  );
}

function isRecordOf(value: unknown, type: "string" | "number"): boolean {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((item) => typeof item === type)
  );
}

/**
 * The link to a definition of `protoFile`, by a pattern with {repository}, {commit}, {path} and {line}. Null where no
 * line is recorded for it.
 */
export function upstreamLink(
  upstream: Upstream,
  pattern: string,
  protoFile: string,
  name: string,
): UpstreamLink | null {
  const line = Object.hasOwn(upstream.lines, name) ? upstream.lines[name] : undefined;
  if (line === undefined) {
    return null;
  }
  const url = upstreamUrl(upstream, pattern, protoFile, line);
  return url === null ? null : { url, label: `${protoFile.slice(protoFile.lastIndexOf("/") + 1)}:${line}` };
}

/** The link to line 1 or `line` of a file; null where the file has no upstream or the result is no https URL. */
export function upstreamUrl(
  upstream: Upstream,
  pattern: string,
  protoFile: string,
  line: number | null,
): string | null {
  const path = Object.hasOwn(upstream.files, protoFile) ? upstream.files[protoFile] : undefined;
  if (path === undefined) {
    return null;
  }
  const values: Record<string, string> = {
    repository: upstream.repository,
    commit: upstream.commit,
    path,
    line: line === null ? "" : String(line),
  };
  const filled = pattern.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  const url = line === null ? filled.replace(/#L?$/, "") : filled;
  return url.startsWith("https://") ? url : null;
}
