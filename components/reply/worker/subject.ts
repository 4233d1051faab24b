import type { ReplyStore } from "../../../lib/reply/reply-store.ts";
import type { Pace } from "../../../lib/reply/save.ts";
import type { DocumentedSchema } from "../../run/method-schema.ts";
import { breathe, slice } from "./slices.ts";

/** What the views of a reply are made of. */
export interface Subject {
  readonly store: ReplyStore;
  readonly schema: DocumentedSchema;
  /** The reply is one message, not a stream of them. */
  readonly alone: boolean;
  /** The messages that were sent, encoded. */
  readonly sentWires: () => readonly Uint8Array[];
  /** Times of the received messages, in milliseconds since the start. */
  readonly timeOf: (message: number) => number;
  /** There is something else to be seen. */
  readonly onChange: () => void;
}

/** Work in slices, with room for everything else between them. */
export function inSlices(): Pace {
  return {
    goOn: slice(),
    pause: async () => {
      await breathe();
      return slice();
    },
  };
}
