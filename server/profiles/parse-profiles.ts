import { createHash } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import { type Address, parseAddress } from "./address.ts";
import { type ProfileContext, usualRest } from "./daemon-defaults.ts";
import { expandHome } from "./home-path.ts";
import { JsonMistakes, type JsonObject, type JsonValue } from "./json-mistakes.ts";
import { macaroonHex } from "./macaroon-bytes.ts";
import { isNetwork, NETWORKS } from "./networks.ts";
import type { Endpoint, ServedProfile } from "./profile-store.ts";
import { SANDBOX_LABEL } from "./sandbox-profile.ts";

/** The profiles of a file, or everything that is wrong with it: a sentence each, with file and line. */
export type ProfilesReading =
  | { readonly kind: "profiles"; readonly profiles: readonly ServedProfile[] }
  | { readonly kind: "mistakes"; readonly mistakes: readonly string[] };

const KEYS = [
  "label",
  "network",
  "address",
  "tlsCert",
  "macaroon",
  "auctioneer",
  "services",
  "rest",
] as const;
const NEEDED = KEYS.slice(0, 5);
const AUCTIONEER_KEYS = ["address", "tlsCert", "macaroon"] as const;

/** A name that fits the header's menu. */
const LONGEST_LABEL = 60;
const LONGEST_PATH = 4_096;

/**
 * Reads a list of `{label, network, address, tlsCert, macaroon, auctioneer?, services?, rest?}`, JSON with comments and trailing
 * commas. Relative paths begin in `folder`, the file's own. Whether certificates and macaroons are there is not looked at:
 * they may come later. `name` is the file in what is said of it.
 */
export function parseProfiles(
  text: string,
  name: string,
  folder: string,
  context: ProfileContext,
): ProfilesReading {
  const mistakes = new JsonMistakes(text, name);
  const list = mistakes.list(mistakes.root("The file is one list of profiles: write [ … ]."), "The file");
  const reader = new ProfileReader(mistakes, folder, context);
  const profiles = list.flatMap((value) => reader.read(value) ?? []);
  return mistakes.found.length > 0
    ? { kind: "mistakes", mistakes: mistakes.found }
    : { kind: "profiles", profiles };
}

class ProfileReader {
  readonly #mistakes: JsonMistakes;
  readonly #folder: string;
  readonly #context: ProfileContext;
  /** The line of each label in lower case. */
  readonly #labels = new Map<string, number>();

  constructor(mistakes: JsonMistakes, folder: string, context: ProfileContext) {
    this.#mistakes = mistakes;
    this.#folder = folder;
    this.#context = context;
  }

  read(value: JsonValue): ServedProfile | null {
    const profile = this.#mistakes.object(value, "A profile", KEYS, NEEDED);
    if (profile === null) return null;
    const label = this.#label(profile);
    const network = this.#network(profile);
    const daemon = this.#endpoint(profile, this.#services(profile));
    const auctioneer = this.#auctioneer(profile, daemon);
    if (label === null || network === null || daemon === null) return null;
    const folder = folderNetwork(daemon);
    if (folder !== null && folder !== network) {
      return this.#mistakes.say(
        profile.get("network") ?? value,
        `network: this says ${network}, but the files are in a folder named ${folder}; write "${folder}", or name the files of ${network}`,
      );
    }
    const endpoints = auctioneer === null ? [daemon] : [daemon, auctioneer];
    return { id: idOf(label), label, kind: "daemon", network, endpoints };
  }

  #label(profile: JsonObject): string | null {
    const node = profile.get("label");
    const label = this.#mistakes.text(node, "label")?.trim();
    if (node === undefined || label === undefined) return null;
    if (label === "" || label.length > LONGEST_LABEL || /\p{C}/u.test(label)) {
      return this.#mistakes.say(
        node,
        `label: write a name of 1 to ${LONGEST_LABEL} characters that can be seen`,
      );
    }
    const key = label.toLowerCase();
    if (key === SANDBOX_LABEL.toLowerCase()) {
      return this.#mistakes.say(
        node,
        `label: ${quote(label)} is the name of the sandbox; call the daemon something else`,
      );
    }
    const before = this.#labels.get(key);
    if (before !== undefined) {
      return this.#mistakes.say(
        node,
        `label: ${quote(label)} is the profile of line ${before} already; give each profile a label of its own`,
      );
    }
    this.#labels.set(key, this.#mistakes.lineOf(node));
    return label;
  }

  #network(profile: JsonObject): string | null {
    const node = profile.get("network");
    const network = this.#mistakes.text(node, "network");
    if (node === undefined || network === null) return null;
    return isNetwork(network)
      ? network
      : this.#mistakes.say(
          node,
          `network: ${quote(network)} is not a network; write one of ${NETWORKS.join(", ")}`,
        );
  }

  #endpoint(profile: JsonObject, services: readonly string[]): Endpoint | null {
    const address = this.#address(profile, "address");
    const tlsCertPath = this.#path(profile, "tlsCert");
    const macaroonPath = this.#path(profile, "macaroon");
    if (address === null || tlsCertPath === null || macaroonPath === null) return null;
    return { address, ...this.#rest(profile, address, services), services, tlsCertPath, macaroonPath };
  }

  /** Where REST is: it is only shown, no call goes there. */
  #rest(profile: JsonObject, address: Address, services: readonly string[]): { readonly rest?: Address } {
    if (profile.has("rest")) {
      const rest = this.#address(profile, "rest");
      return rest === null ? {} : { rest };
    }
    const own = this.#context.daemons.find((each) =>
      each.services.daemon.some((name) => services.includes(name)),
    );
    return own === undefined ? {} : usualRest(own.daemon, address);
  }

  /** It is another party than the daemon: its macaroon is its own or none. */
  #auctioneer(profile: JsonObject, daemon: Endpoint | null): Endpoint | null {
    const node = profile.get("auctioneer");
    if (node === undefined) return null;
    const given = this.#mistakes.object(node, "auctioneer", AUCTIONEER_KEYS, ["address"]);
    if (given === null) return null;
    const address = this.#address(given, "auctioneer.address");
    const tlsCertPath = given.has("tlsCert")
      ? this.#path(given, "auctioneer.tlsCert")
      : (daemon?.tlsCertPath ?? null);
    const macaroonPath = given.has("macaroon") ? this.#path(given, "auctioneer.macaroon") : null;
    if (address === null || tlsCertPath === null || daemon === null) return null;
    const services = this.#context.daemons
      .flatMap(({ services }) => services.auctioneer)
      .filter((name) => !daemon.services.includes(name));
    return { address, services, tlsCertPath, macaroonPath };
  }

  #services(profile: JsonObject): readonly string[] {
    const { daemons } = this.#context;
    const node = profile.get("services");
    if (node === undefined) return daemons[0]?.services.daemon ?? [];
    const known = daemons.flatMap(({ services }) => [...services.daemon, ...services.auctioneer]);
    const items = this.#mistakes.list(node, "services");
    if (node.type === "array" && items.length === 0) {
      this.#mistakes.say(
        node,
        "services: the list is empty; name what the daemon serves, or leave the key out",
      );
    }
    return items.flatMap((item) => {
      const name = this.#mistakes.text(item, "services");
      if (name === null) return [];
      if (known.includes(name)) return [name];
      this.#mistakes.say(
        item,
        `services: ${quote(name)} is not a service of ${daemons.length === 1 ? "this API" : "these APIs"}; write any of ${known.join(", ")}`,
      );
      return [];
    });
  }

  #address(from: JsonObject, key: string): Address | null {
    const node = from.get(key.split(".").at(-1) ?? key);
    const text = this.#mistakes.text(node, key);
    if (node === undefined || text === null) return null;
    const port = this.#context.daemons[0]?.daemon.port ?? 443;
    return (
      parseAddress(text) ??
      this.#mistakes.say(
        node,
        `${key}: ${quote(text)} is not host:port; write the address alone, such as "localhost:${port}"`,
      )
    );
  }

  /** A path as it is opened. What looks like a credential itself is not repeated: sentences end up in logs. */
  #path(from: JsonObject, key: string): string | null {
    const node = from.get(key.split(".").at(-1) ?? key);
    const text = this.#mistakes.text(node, key);
    if (node === undefined || text === null) return null;
    if (isCredential(text)) {
      return this.#mistakes.say(
        node,
        `${key}: this is the content of a file; put it into a file of its own and write its path here`,
      );
    }
    if (text === "" || text.length > LONGEST_PATH || /\p{Cc}/u.test(text)) {
      return this.#mistakes.say(
        node,
        `${key}: this is not a path; write where the file is, such as "~/folder/name"`,
      );
    }
    return resolve(this.#folder, expandHome(text, this.#context.home));
  }
}

/** The network that the folder of the files is named after; what is taken for another must not be mainnet. */
function folderNetwork({ macaroonPath, tlsCertPath }: Endpoint): string | null {
  const folders = [macaroonPath ?? "", tlsCertPath].map((path) => basename(dirname(path)));
  return folders.find(isNetwork) ?? null;
}

function isCredential(text: string): boolean {
  return (
    text.includes("-----BEGIN") ||
    /^[0-9a-fA-F]{64,}$/.test(text.trim()) ||
    macaroonHex(Buffer.from(text)) !== undefined
  );
}

/** The same for a label wherever its profile stands in the file and whatever else is changed. ASCII: it goes into headers. */
function idOf(label: string): string {
  const readable = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const hash = createHash("sha256").update(label).digest("hex").slice(0, 8);
  return ["file", ...(readable === "" ? [] : [readable]), hash].join("-");
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
