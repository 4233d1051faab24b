import { readMacaroon } from "../../lib/macaroon/macaroon.ts";

/** The macaroon in a file, as the lower-case hex that is sent, or undefined where the file holds none. */
export function macaroonHex(file: Uint8Array): string | undefined {
  const reading = readMacaroon(file);
  return reading === undefined ? undefined : Buffer.from(reading.binary).toString("hex");
}
