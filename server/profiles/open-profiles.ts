import { diskReader } from "./credential-files.ts";
import { discoverDaemons } from "./discover.ts";
import { type FlagsContext, type ProfileFlags, readProfileFlags } from "./profile-flags.ts";
import { createProfileStore, type ProfileStore, type ServedProfile } from "./profile-store.ts";

/** The profiles of a start. `problems` are sentences about what was left out. */
export type OpenedProfiles =
  | { readonly kind: "profiles"; readonly store: ProfileStore; readonly problems: readonly string[] }
  /** Sentences, each on a line of its own. */
  | { readonly kind: "error"; readonly message: string };

/**
 * The sandbox beside the daemon that the flags name, which then comes first; or beside those found in the home folder,
 * where there are no flags. Another source of profiles (a configuration file) joins here.
 */
export function openProfiles(
  sandbox: ServedProfile | null,
  flags: ProfileFlags,
  context: FlagsContext,
): OpenedProfiles {
  const read = readProfileFlags(flags, diskReader, context);
  if (read.kind === "error") return read;
  const found =
    read.kind === "profile"
      ? { profiles: [read.profile], problems: [] }
      : discoverDaemons(context.home, context.services === undefined ? {} : { services: context.services });
  const profiles = sandbox === null ? found.profiles : [sandbox, ...found.profiles];
  if (profiles.length === 0) {
    return {
      kind: "error",
      message: [
        ...found.problems,
        "There is no daemon to talk to: give --poold host:port, or start with the sandbox.",
      ].join("\n"),
    };
  }
  const selected = read.kind === "profile" ? read.profile.id : profiles[0]?.id;
  return {
    kind: "profiles",
    store: createProfileStore(profiles, {
      home: context.home,
      ...(selected === undefined ? {} : { selected }),
    }),
    problems: found.problems,
  };
}
