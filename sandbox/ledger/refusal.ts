/** A call that the daemon refuses, with the text that it answers. Becomes gRPC UNKNOWN. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Ends the current operation; the ledger is unchanged. */
export function refuse(message: string): never {
  throw new Refusal(message);
}
