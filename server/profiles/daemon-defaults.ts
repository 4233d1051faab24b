/** Which services a daemon serves, and which its auctioneer. */
export interface ProfileServices {
  readonly daemon: readonly string[];
  readonly auctioneer: readonly string[];
}

/** What is taken of a daemon where nothing else is said: the part of `ApiConfig` that profiles are made with. */
export interface DaemonDefaults {
  readonly daemon: {
    /** The daemon's program, and the flag for its address: `--poold`. */
    readonly program: string;
    readonly port: number;
    /** A folder that has one for each network in it, and the files' names there. `~` is the home folder. */
    readonly files: { readonly folder: string; readonly tlsCert: string; readonly macaroon: string };
  };
  readonly services: ProfileServices;
}

/** Where profiles are read: the places that relative paths and `~` begin at, and the API that daemons serve. */
export interface ProfileContext {
  readonly home: string;
  readonly cwd: string;
  readonly api: DaemonDefaults;
}
