import { realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve } from "node:path";
import type { ProfileContext } from "./daemon-defaults.ts";
import { expandHome, shortenHome } from "./home-path.ts";
import { type ProfilesReading, parseProfiles } from "./parse-profiles.ts";
import { readPlainFile } from "./read-plain-file.ts";
import { whyUnreadable } from "./watched-file.ts";

/** Looked for in the folder in which the command was given. */
export const PROFILES_FILE = "playground.profiles.json";

/** Where the file with profiles is, or would be. `given` is what the command line names. */
export function profilesPath(given: string | undefined, { home, cwd }: ProfileContext): string {
  return resolve(cwd, expandHome(given ?? PROFILES_FILE, home));
}

/**
 * Reads the profiles of `given`, or of `playground.profiles.json` where nothing is given; there need be none then. The file
 * decides to whom macaroons are sent, so one that nobody named must be this user's own.
 */
export function readProfilesFile(given: string | undefined, context: ProfileContext): ProfilesReading {
  const path = profilesPath(given, context);
  const name = nameOf(path, context);
  let text: string | null;
  try {
    const stranger = given === undefined ? whoElse(path) : null;
    if (stranger !== null) {
      return wrong(
        `${name}: ${stranger}, so it is not trusted; take it away, or name it with --profiles ${basename(path)}.`,
      );
    }
    text = decode(readPlainFile(path));
  } catch (error) {
    if (given === undefined && (error as NodeJS.ErrnoException).code === "ENOENT")
      return { kind: "profiles", profiles: [] };
    return wrong(
      given === undefined
        ? `${name}: it cannot be used, ${whyUnreadable(error)}; mend it or take it away.`
        : `--profiles: ${name} cannot be used, ${whyUnreadable(error)}; name a file with a list of profiles.`,
    );
  }
  if (text === null) return wrong(`${name}: it is not UTF-8 text; save it as such.`);
  return parseProfiles(text, name, dirname(path), context);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether two paths lead to one file, by links too. A file that is not there is only the same by its path. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  });
  return one === other;
}

function wrong(sentence: string): ProfilesReading {
  return { kind: "mistakes", mistakes: [sentence] };
}

/** As it is typed in the folder of the command, or with `~` where it is elsewhere. */
function nameOf(path: string, { home, cwd }: ProfileContext): string {
  const below = relative(cwd, path);
  return below.startsWith("..") || isAbsolute(below) ? shortenHome(path, home) : below;
}

/** Who else than this user may have written the file, where the system can tell. */
function whoElse(path: string): string | null {
  const { uid, mode } = statSync(path);
  const own = process.getuid?.();
  if (own === undefined) return null;
  if (uid !== own && uid !== 0) return "it belongs to another user";
  return (mode & 0o002) !== 0 ? "everybody may write it" : null;
}
