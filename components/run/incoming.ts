import type { Brought, RequestText } from "./use-request.ts";

/** A request on its way to the page of its method. */
export interface Incoming {
  readonly request: RequestText;
  readonly origin: Pick<Brought, "from" | "notes">;
}

const waiting = new Map<string, Incoming>();

/** Has the method's page lay the request in its editor when it is opened next. */
export function sendToPage(method: string, incoming: Incoming): void {
  waiting.set(method, incoming);
}

/** What waits for the method's page, once. */
export function receive(method: string): Incoming | null {
  const incoming = waiting.get(method) ?? null;
  waiting.delete(method);
  return incoming;
}
