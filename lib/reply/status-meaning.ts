/** What each gRPC status says, by its code. */
const MEANINGS = [
  "The call was carried out.",
  "The call was given up by the one who made it, here or in between.",
  "Something failed, and the server has no better name for it. Daemons written in Go say this for most errors.",
  "The request itself is wrong: it would be refused whatever the server's state is.",
  "The time given to the call ran out. It may have been carried out all the same.",
  "What the request names does not exist there.",
  "What was to be made exists already.",
  "The caller is known, and may not do this.",
  "A limit was reached: of size, of number or of rate.",
  "The server is not in the state that this needs. Trying again helps only after that has changed.",
  "It collided with something else that went on at the same time. The whole of it can be tried again.",
  "The request reaches past the end of what there is.",
  "The server does not have this method, or does not support it.",
  "Something that must never break is broken, at the server or on the way.",
  "The server cannot be reached or does not serve just now. A read can be tried again.",
  "Data is lost or damaged beyond repair.",
  "The server does not know who is calling: the credentials are missing or not valid.",
] as const;

/** A gRPC status code in a sentence. */
export function statusMeaning(code: number): string {
  return MEANINGS[code] ?? "A status that gRPC does not define.";
}
