import { type BridgeFailure, failure } from "./failure.ts";

/** Counts calls, and takes no more than `most` at a time. */
export class InFlight {
  readonly #most: number;
  #now = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place and gives the function that frees it (once), or says that there is none. */
  enter(): (() => void) | BridgeFailure {
    if (this.#now >= this.#most) {
      return failure(
        "busy",
        `${this.#most} calls are in flight, which is all that this server allows. Cancel one, or wait until one is done.`,
      );
    }
    this.#now++;
    let left = false;
    return () => {
      if (!left) this.#now--;
      left = true;
    };
  }
}
