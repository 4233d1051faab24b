import { basename, dirname } from "node:path";
import type { LiveStatus } from "../../lib/call/live-status.ts";
import { isNetwork } from "../profiles/networks.ts";
import type { Endpoint, ServedProfile } from "../profiles/profile-store.ts";
import { type Finding, failed, ok, warning } from "./stage.ts";

/** Whether the daemon answers its first call, and what it calls itself. */
export function checkVersion(status: LiveStatus, method: string): Finding {
  if (status.kind === "down")
    return failed(`${method} failed: ${status.message}${adviceFor(status.message)}`);
  const facts: [string, string][] = [];
  if (status.version !== null) facts.push(["Version", status.version]);
  if (status.height !== null) facts.push(["Block height", Number(status.height).toLocaleString("en-US")]);
  return ok(`${method} answers.`, facts);
}

function adviceFor(message: string): string {
  if (/verification failed|macaroon|caveat/i.test(message) && !message.endsWith("there.")) {
    return ". The daemon does not take this macaroon: give the one that this very daemon made (its file is beside the daemon's certificate).";
  }
  if (/permission denied/i.test(message))
    return ". The macaroon lacks what this call needs: give one that permits it.";
  return "";
}

/** Mainnet passed this block in 2023; a chain for tests is rarely as long. */
const MAINNET_HEIGHT = 800_000;

/**
 * Whether the network that the profile is shown as can be right. The API does not say it, so the folder of its files and
 * the block height have to do.
 */
export function checkNetwork(profile: ServedProfile, endpoint: Endpoint, status: LiveStatus | null): Finding {
  const { network, kind } = profile;
  const folders = [endpoint.macaroonPath, endpoint.tlsCertPath]
    .filter((path) => path !== null)
    .map((path) => basename(dirname(path)))
    .filter(isNetwork);
  const other = folders.find((folder) => folder !== network);
  if (other !== undefined) {
    return failed(
      `The profile is taken to be ${network}, but its files are in a folder named ${other}. Give it the network ${other} where it is named (--network, or the file of profiles), or the files of ${network}.`,
    );
  }
  const height = status?.kind === "up" && status.height !== null ? Number(status.height) : null;
  const told = height === null ? "" : ` The chain is at block ${height.toLocaleString("en-US")}.`;
  if (kind === "daemon" && height !== null) {
    if (network === "mainnet" && height < MAINNET_HEIGHT) {
      return warning(
        `The profile is taken to be mainnet, whose chain is longer.${told} Check the network that it was given, or wait until its node has caught up.`,
      );
    }
    if ((network === "regtest" || network === "simnet") && height >= MAINNET_HEIGHT) {
      return warning(
        `The profile is taken to be ${network}, whose chain is rarely as long.${told} Make sure that this is not mainnet.`,
      );
    }
  }
  const source = folders.length > 0 ? "as the folder of its files is named" : "as the profile says";
  return ok(`${network}, ${source}; the API itself does not say.${told}`);
}
