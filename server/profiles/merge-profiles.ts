import { formatAddress } from "./address.ts";
import type { Endpoint, ServedProfile } from "./profile-store.ts";
import { isSameFile } from "./profiles-file.ts";

/** Profiles by where they were found. */
export interface ProfileSources {
  readonly flags: readonly ServedProfile[];
  readonly sandbox: readonly ServedProfile[];
  readonly file: readonly ServedProfile[];
  readonly discovered: readonly ServedProfile[];
}

/**
 * One list, in the order in which they are offered: the flags' daemon, the sandbox, the file's, what was discovered. A daemon
 * that is named twice is there once: with the same address and certificate, or, where it was discovered, with the same
 * certificate alone, since its address is only the usual one. Labels are made different where they are not.
 */
export function mergeProfiles({
  flags,
  sandbox,
  file,
  discovered,
}: ProfileSources): readonly ServedProfile[] {
  const merged: ServedProfile[] = [...flags, ...sandbox];
  const named = (same: (a: ServedProfile, b: ServedProfile) => boolean) => (profile: ServedProfile) =>
    !merged.some((other) => other.kind === "daemon" && same(other, profile));
  merged.push(...file.filter(named((a, b) => sameCertificate(a, b) && sameAddress(a, b))));
  merged.push(...discovered.filter(named(sameCertificate)));
  return withOwnLabels(merged);
}

function withOwnLabels(profiles: readonly ServedProfile[]): readonly ServedProfile[] {
  const taken = new Set<string>();
  return profiles.map((profile) => {
    const [first] = profile.endpoints;
    const clear =
      taken.has(profile.label.toLowerCase()) && first !== undefined
        ? { ...profile, label: `${profile.label} (${formatAddress(first.address)})` }
        : profile;
    taken.add(clear.label.toLowerCase());
    return clear;
  });
}

function sameCertificate(a: ServedProfile, b: ServedProfile): boolean {
  const [one, other] = [a, b].map(({ endpoints: [first] }) => first?.tlsCertPath ?? "");
  return isSameFile(one ?? "", other ?? "");
}

function sameAddress(a: ServedProfile, b: ServedProfile): boolean {
  return addressOf(a.endpoints[0]) === addressOf(b.endpoints[0]);
}

const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

function addressOf(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined) return "";
  const host = endpoint.address.host.toLowerCase();
  return formatAddress({ ...endpoint.address, host: LOOPBACK.includes(host) ? "localhost" : host });
}
