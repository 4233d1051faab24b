/** How `bytes` fields are written in a request's text and shown in a reply's. */
export type BytesForm = "hex" | "base64" | "base64url";

/** One metadata row. The value of a name that ends in `-bin` is base64. Names are lower case. */
export interface MetadataEntry {
  readonly name: string;
  readonly value: string;
}

/**
 * Everything that determines a call. `request` is ProtoJSON text (comments and trailing commas allowed) and the
 * single source of the message: snippets, links and forms are made from it. For a method that streams from the
 * client it is the text that the next message is sent from.
 */
export interface Call {
  /** Profile id. The browser never knows more of a credential than this. */
  readonly profile: string;
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: string;
  readonly request: string;
  readonly bytes: BytesForm;
  readonly metadata: readonly MetadataEntry[];
  /** Milliseconds until the call is given up; null: as long as the server allows (streams). */
  readonly deadlineMs: number | null;
  /** How messages go between bridge and daemon. Between browser and bridge they are never compressed. */
  readonly compression: Compression;
  /**
   * The nonce that the server gave for exactly this profile, method and first message, where a write needs one; null
   * where none is needed.
   */
  readonly confirmation: string | null;
}

/** gRPC's names of what the bridge can compress with. */
export type Compression = "identity" | "gzip";

/** The four kinds of call that gRPC has. */
export type StreamKind = "unary" | "server-streaming" | "client-streaming" | "bidi-streaming";
