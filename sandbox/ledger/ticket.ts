/** The states of a sidecar ticket, numbered as they travel in it. */
const TICKET_STATES = [
  "created",
  "offered",
  "registered",
  "ordered",
  "expecting channel",
  "completed",
  "canceled",
] as const;

/** A sidecar ticket's state, in the daemon's words. */
export type TicketState = (typeof TICKET_STATES)[number] | `unknown <${number}>`;

/** The state that has this number in a ticket. */
export function ticketState(number: number): TicketState {
  return TICKET_STATES[number] ?? `unknown <${number}>`;
}

/** The number of a state in a ticket. */
export function ticketStateNumber(state: TicketState): number {
  const known: readonly string[] = TICKET_STATES;
  return known.includes(state) ? known.indexOf(state) : Number(/\d+/.exec(state)?.[0]);
}

/** A sidecar ticket as both sides hand it on. */
export interface Ticket {
  /** 8 bytes. */
  readonly id: Uint8Array;
  readonly version: number;
  state: TicketState;
  readonly offer: {
    readonly capacity: bigint;
    readonly pushAmount: bigint;
    readonly leaseDuration: number;
    readonly signPubkey: Uint8Array;
    readonly signature: Uint8Array;
    readonly auto: boolean;
    readonly unannounced: boolean;
    readonly zeroConf: boolean;
  };
  recipient:
    | { readonly nodeKey: Uint8Array; readonly multiSigKey: Uint8Array; readonly keyIndex: number }
    | undefined;
  order: { readonly bidNonce: Uint8Array; readonly signature: Uint8Array } | undefined;
  /** The channel's pending id once it is expected. */
  pendingChannelId: Uint8Array | undefined;
}
