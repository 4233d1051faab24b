/**
 * A worked example of the handshake on `SubscribeBatchAuction`, as lower-case hex. The auctioneer of every sandbox
 * knows this trader: it has an open account and a bid that matches, so that the handshake is followed by a batch.
 */
export const DEMO_TRADER_KEY = "02a72c61b2a5854ba8cb98a0a67b92e6828e9bcf6e046edc2567d4d12f037f54ff";

/** 32 bytes, revealed in `subscribe`. */
export const DEMO_COMMIT_NONCE = "b33bea1422a02d3fbd87b1d3729f2f3261734c58ac352a8b781da480374daaec";

/** SHA-256 of the trader key and the nonce, sent in `commit`. */
export const DEMO_COMMIT_HASH = "3352f4f35e3320c0351f3e5e5447563218e3bce0fe260f9fcd0660c6188e89c2";

/** What a current `poold` announces. */
export const DEMO_BATCH_VERSION = 58;

/** 64 bytes that are no signature: the challenge is new each time, so no fixed text can be the right answer. */
export const DEMO_AUTH_SIG = "00".repeat(64);

/** The secret behind an order of the demo trader that `CancelOrder` can withdraw. */
export const DEMO_ORDER_PREIMAGE = "eb81ee8c21775631b4a9bf2d02f10f215baf9b0677befa061ecbe9635e92d7db";

/** The nonce of that order, for `OrderState`. */
export const DEMO_ORDER_NONCE = "d1b4ad6dbbe86466746cd58486a2d00834a5ac39d54267e19cfcfc5ddbe0e402";
