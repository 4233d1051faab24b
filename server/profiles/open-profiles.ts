import { diskReader } from "./credential-files.ts";
import type { ProfileContext } from "./daemon-defaults.ts";
import { discoverDaemons } from "./discover.ts";
import { mergeProfiles } from "./merge-profiles.ts";
import { flaggedDaemons, type ProfileFlags, readProfileFlags } from "./profile-flags.ts";
import { createProfileStore, type ProfileStore, type ServedProfile } from "./profile-store.ts";
import { PROFILES_FILE, readProfilesFile } from "./profiles-file.ts";

/** The profiles of a start. `problems` are sentences about what was left out. */
export type OpenedProfiles =
  | { readonly kind: "profiles"; readonly store: ProfileStore; readonly problems: readonly string[] }
  /** Sentences, each on a line of its own. */
  | { readonly kind: "error"; readonly message: string };

/** What the command line says of profiles: daemons, and a file with others. */
export interface ProfileArguments {
  /** Of the first daemon. */
  readonly flags: ProfileFlags;
  /** Of the others, by program. */
  readonly others?: ReadonlyMap<string, ProfileFlags>;
  /** The path as it was given. */
  readonly file?: string | undefined;
}

/**
 * Every profile there is: the daemon that the flags name, which is selected; the sandbox, which is selected otherwise; those of
 * the file; those found in the home folder. Another source joins here and in `mergeProfiles`.
 */
export function openProfiles(
  sandbox: ServedProfile | null,
  { flags, others, file: path }: ProfileArguments,
  context: ProfileContext,
): OpenedProfiles {
  const flagged = flaggedDaemons(context.daemons).map((daemon, i) => {
    const own = i === 0 ? flags : (others?.get(daemon.daemon.program) ?? {});
    return readProfileFlags(own, diskReader, context, daemon);
  });
  const file = readProfilesFile(path, context);
  const mistakes = [
    ...flagged.flatMap((each) => (each.kind === "error" ? [each.message] : [])),
    ...(file.kind === "mistakes" ? file.mistakes : []),
  ];
  if (mistakes.length > 0 || file.kind === "mistakes") return { kind: "error", message: mistakes.join("\n") };
  const discovered = discoverDaemons(context);
  const profiles = mergeProfiles({
    flags: flagged.flatMap((each) => (each.kind === "profile" ? [each.profile] : [])),
    sandbox: sandbox === null ? [] : [sandbox],
    file: file.profiles,
    discovered: discovered.profiles,
  });
  // Whoever named the daemon's certificate has named its other file too.
  const used = new Set(profiles.flatMap(({ endpoints }) => endpoints).map((each) => each.tlsCertPath));
  const problems = discovered.problems
    .filter(({ tlsCertPath }) => !used.has(tlsCertPath))
    .map(({ sentence }) => sentence);
  if (profiles.length === 0) {
    const programs = context.daemons.map(({ daemon }) => `--${daemon.program} host:port`).join(" or ");
    const advice = `There is no daemon to talk to: ${programs === "" ? "" : `give ${programs}, `}name one in ${PROFILES_FILE}, or start with the sandbox.`;
    return { kind: "error", message: [...problems, advice].join("\n") };
  }
  return { kind: "profiles", store: createProfileStore(profiles, { home: context.home }), problems };
}
