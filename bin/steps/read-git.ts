import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { promisify } from "node:util";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import type { CheckoutSource } from "../../lib/reference/api-config.ts";
import { readLines } from "../../lib/reference/comments.ts";
import type { Upstream } from "../../lib/reference/upstream.ts";

const run = promisify(execFile);

/** Where the definitions of a checkout were published, or null with the reason why that is not known. */
export interface CheckoutUpstream {
  readonly upstream: Upstream | null;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads from the git of `folder`, the root of the image's files, what the source leaves out, without a network. Lines are
 * those of the files as they are.
 */
export async function readCheckoutUpstream(
  folder: string,
  files: readonly string[],
  image: FileDescriptorSet,
  source: CheckoutSource,
): Promise<CheckoutUpstream> {
  const git = async (...args: string[]) => {
    try {
      const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
      return (await run("git", ["-C", folder, ...args], { env })).stdout.trim();
    } catch {
      return null;
    }
  };
  const top = await git("rev-parse", "--show-toplevel");
  const commit =
    (await git("rev-parse", "--verify", "--quiet", `${source.commit ?? "HEAD"}^{commit}`)) ??
    (/^[0-9a-f]{7,64}$/.test(source.commit ?? "") ? source.commit : undefined);
  const repository = source.repository ?? webAddress(await git("remote", "get-url", "origin"));
  if (commit === undefined || repository === null) {
    const missing = commit === undefined ? "its commit" : "the address of its repository";
    return {
      upstream: null,
      notes: [
        `${folder}: ${missing} is not known, so definitions have no links: give --upstream URL@COMMIT.`,
      ],
    };
  }
  const release = source.release ?? (await git("describe", "--tags", "--exact-match", commit)) ?? "";
  const changed = top === null ? null : await git("diff", "--name-only", commit, "--", ...files);
  const prefix = top === null ? "" : relative(top, realpathSync(folder)).split(sep).join("/");
  const documented = image.file.filter(({ name }) => files.includes(name));
  return {
    upstream: {
      repository,
      release,
      commit,
      files: Object.fromEntries(files.map((path) => [path, prefix === "" ? path : `${prefix}/${path}`])),
      lines: Object.fromEntries(documented.flatMap((file) => [...readLines(file)])),
    },
    notes:
      changed === null || changed === ""
        ? []
        : [
            `${nameFiles(changed.split("\n"))}: not as in commit ${commit.slice(0, 12)}, so links may lead to other lines.`,
          ],
  };
}

function nameFiles([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** `git@github.com:lightninglabs/pool.git` → `https://github.com/lightninglabs/pool`; null for what is not on the web. */
export function webAddress(remote: string | null): string | null {
  const match = /^(?:https:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)[:/](.+?)(?:\.git)?\/?$/.exec(
    remote ?? "",
  );
  return match === null ? null : `https://${match[1]}/${match[2]}`;
}
