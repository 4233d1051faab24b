/** What a site is made of. Paths are relative to the project. */
export interface PlaygroundConfig {
  /** The first is the one that the site opens with. */
  readonly apis: readonly [ApiConfig, ...ApiConfig[]];
  /** Full names of the services that the sandbox serves, on its daemon's port and on its auctioneer's. None is started without. */
  readonly sandbox?: SandboxConfig;
}

export interface SandboxConfig {
  readonly daemon: readonly string[];
  readonly auctioneer: readonly string[];
  /** What begins its world anew, which a notebook does that names a scenario. Without it such a notebook takes the world as it is. */
  readonly scenario?: ScenarioCall;
}

/** A unary method that loads a scenario, and the fields of its request for the scenario's name and for its seed. */
export interface ScenarioCall {
  readonly method: string;
  /** A string. */
  readonly name: string;
  /** A 64-bit integer. */
  readonly seed: string;
}

/** What turns a proto root into a documented API. */
export interface ApiConfig {
  /** Its name in flags, file names and the switcher's addresses: `pool`. */
  readonly id: string;
  /** The segment of its pages below `/reference`, and of their folder below `content/reference`; `id` where it is not said. */
  readonly path?: string;
  readonly title: string;
  /** The folder that imports begin at: of this project, or a checkout of the API's own repository. */
  readonly protoRoot: string;
  /** Folders that imports are looked for in after the root: of APIs that this one builds on. They are not documented. */
  readonly importRoots?: readonly string[];
  /** The files to document, in order, relative to the root; all below it where none are named. */
  readonly files?: readonly string[];
  /** A `google.api.Service` YAML with HTTP rules, or several. */
  readonly serviceConfig?: string | readonly string[];
  /** YAML: method → macaroon permissions. A method that is not in it counts as a write. */
  readonly permissions?: string;
  /** Path of the guide on the site that says how to come by a macaroon that allows less. */
  readonly macaroonGuide?: string;
  /** YAML: amounts, lost replies, secrets and crashes of methods (`lib/call/safety.ts`). */
  readonly safety?: string;
  /**
   * Where the definitions were published. A path: JSON with repository, commit, release, files and line numbers, for protos
   * that were rewritten. An object: the root is a checkout of that repository, and lines are those of its files; what is left
   * out is read from the checkout's git.
   */
  readonly upstream?: string | CheckoutSource;
  /** Pattern with {repository}, {commit}, {path} and {line}; GitHub's where none is given. */
  readonly upstreamLink?: string;
  /** The program whose commands lead the methods' comments; YAML: its commands, their flags and the fields that these set. */
  readonly cli?: { readonly program: string; readonly commands?: string };
  /** YAML: the errors that methods give, with cause and remedy. */
  readonly errors?: string;
  /** JSON: a recorded reply of each method that has one (`bin/steps/record-replies.ts`). */
  readonly replies?: string;
  /**
   * Go modules that are published with the code of the protos, by their `go_package`, and what else has to be of one version
   * beside them; none: snippets say how to make the code.
   */
  readonly goModules?: readonly GoModule[];
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
  readonly daemon?: DaemonConfig;
  /** Which services a daemon serves, and which the auctioneer beside it. */
  readonly services?: { readonly daemon: readonly string[]; readonly auctioneer?: readonly string[] };
  /** Navigation by task. Methods in no group follow, a group per service. */
  readonly groups?: readonly MethodGroup[];
}

/** `github.com/lightninglabs/pool/poolrpc`, `v1.0.1` */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** Modules that it cannot be built with as they are, and what takes their place: a path and a version, `a.org/b@v1.0.0`. */
  readonly replaces?: readonly { readonly module: string; readonly by: string }[];
}

export interface CheckoutSource {
  /** `https://github.com/lightninglabs/pool` */
  readonly repository?: string;
  readonly commit?: string;
  /** A tag, shown beside the commit. */
  readonly release?: string;
}

export interface DaemonConfig {
  /** Its name, which is also the flag for its address: `--poold host:port`. */
  readonly program: string;
  /** The port of its gRPC server. */
  readonly port: number;
  /** The port of REST on the same host, where gRPC has its own port. */
  readonly restPort?: number;
  /** Its files: a folder with one for each network in it (`~/.pool/regtest/`), and their names there. */
  readonly files: { readonly folder: string; readonly tlsCert: string; readonly macaroon: string };
}

export interface MethodGroup {
  readonly title: string;
  readonly methods: readonly string[];
}

/** An API whose config was found right, with what it left out filled in. */
export interface ResolvedApi extends ApiConfig {
  readonly files: readonly string[];
  readonly services: { readonly daemon: readonly string[]; readonly auctioneer: readonly string[] };
  readonly groups: readonly MethodGroup[];
}

/** The paths of an API's service configs. */
export function serviceConfigsOf({
  serviceConfig = [],
}: Pick<ApiConfig, "serviceConfig">): readonly string[] {
  return typeof serviceConfig === "string" ? [serviceConfig] : serviceConfig;
}

/** The segment of an API's pages below `/reference`; empty where they begin there. */
export function apiPath({ id, path = id }: Pick<ApiConfig, "id" | "path">): string {
  return path;
}
