/** What must be known of a method to run it deliberately. From the API's safety file. */
export interface MethodSafety {
  /** Paths of request fields that hold amounts in sat (`bid.details.amt`): named before a write is confirmed. */
  readonly amounts: readonly string[];
  /** Full name of the read that tells whether a write happened whose reply was lost, or null. */
  readonly tells: string | null;
  /** Whether replies hold bearer secrets: masked until asked for, and never kept. */
  readonly secretReply: boolean;
}

/** A method of which the safety file says nothing. */
export const PLAIN_SAFETY: MethodSafety = { amounts: [], tells: null, secretReply: false };

/** The safety file of an API. */
export interface ApiSafety {
  /** Fields (short names) that a daemon crashes without, by the full name of the message that must hold them. */
  readonly needed: ReadonlyMap<string, readonly string[]>;
  /** By full method name. */
  readonly methods: ReadonlyMap<string, MethodSafety>;
}
