/** The id of the mailbox that the sandbox's own counterparty writes to, as hex of 64 bytes. It always exists. */
export const DEMO_STREAM_ID =
  "706f6f6c2d706c617967726f756e642f64656d6f2d6d61696c626f782f3031a5" +
  "5f0c3e9d71b2486ad4835c19e7f02b6d8847ca30915e6fb214d97a03c8e56d21";

/** The pause between two letters while somebody reads. */
export const DEMO_LETTER_INTERVAL_MS = 1_000;

/** One letter of the counterparty: a JSON text in UTF-8 that says where the sandbox stands. `time` is in ms. */
export function demoLetter(number: number, blockHeight: number, time: number): Uint8Array {
  const letter = {
    from: "the sandbox's counterparty",
    letter: number,
    block_height: blockHeight,
    sent_at: new Date(time).toISOString(),
  };
  return new TextEncoder().encode(JSON.stringify(letter));
}
