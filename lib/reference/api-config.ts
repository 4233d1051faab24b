/** What a site is made of: its APIs, the first of which is the one that it opens with. */
export interface PlaygroundConfig {
  readonly apis: readonly [ApiConfig, ...ApiConfig[]];
}

/** What turns a proto root into a documented API. Paths are relative to the project. */
export interface ApiConfig {
  readonly id: string;
  /** The segment of its pages below `/reference`, and of their folder below `content/reference`; `id` where it is not said. */
  readonly path?: string;
  readonly title: string;
  readonly protoRoot: string;
  /** The files to document, in order, relative to the root. */
  readonly files: readonly string[];
  /** A `google.api.Service` YAML with HTTP rules. */
  readonly serviceConfig?: string;
  /** YAML: method → macaroon permissions. A method that is not in it counts as a write. */
  readonly permissions?: string;
  /** YAML: amounts, lost replies, secrets and crashes of methods (`lib/call/safety.ts`). */
  readonly safety?: string;
  /** JSON: repository, commit, release, files and line numbers of the upstream definitions. */
  readonly upstream?: string;
  /** Pattern with {repository}, {commit}, {path} and {line}. */
  readonly upstreamLink?: string;
  /** The program whose commands lead the methods' comments; YAML: its commands, their flags and the fields that these set. */
  readonly cli?: { readonly program: string; readonly commands?: string };
  /** YAML: the errors that methods give, with cause and remedy. */
  readonly errors?: string;
  /** JSON: a recorded reply of each method that has one (`bin/steps/record-replies.ts`). */
  readonly replies?: string;
  /** A call without arguments that shows that the daemon is alive, and the fields to show of its reply. */
  readonly live?: { readonly method: string; readonly height?: string; readonly version?: string };
  /**
   * What tells the program that answers: `own` is the daemon by itself, each of `others` serves it among other things and
   * answers `probe`, a unary method that takes an empty message and no macaroon (`litrpc.Status/SubServerStatus`).
   */
  readonly hosts?: {
    readonly own: string;
    readonly others: readonly { readonly name: string; readonly probe: string }[];
  };
  /** The program that serves the API, and what is taken of it where nothing else is said. */
  readonly daemon: {
    /** Its name, which is also the flag for its address: `--poold host:port`. */
    readonly program: string;
    /** The port of its gRPC server. */
    readonly port: number;
    /** Its files: a folder with one for each network in it (`~/.pool/regtest/`), and their names there. */
    readonly files: { readonly folder: string; readonly tlsCert: string; readonly macaroon: string };
  };
  /** Which services a daemon serves, and which the auctioneer beside it. */
  readonly services: { readonly daemon: readonly string[]; readonly auctioneer: readonly string[] };
  /** Navigation by task. Methods in no group follow, a group per service. */
  readonly groups: readonly { readonly title: string; readonly methods: readonly string[] }[];
}
