/** What calls go over. */
export interface Transports {
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
}

/** The browser's own, with the page's session. */
export function browserTransports(): Transports {
  const { fetch, WebSocket } = globalThis;
  return { fetch: (input, init) => fetch(input, init), WebSocket };
}
