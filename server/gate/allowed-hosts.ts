import { networkInterfaces } from "node:os";

/**
 * The `Host` values under which a server on `port` may be spoken to. A name is only in here when it cannot be made to
 * point elsewhere: loopback, and the address that was asked for with `--host` (for a wildcard, this machine's own).
 */
export function allowedHosts(port: number, host: string | undefined): ReadonlySet<string> {
  const names = new Set(["127.0.0.1", "localhost", "[::1]"]);
  if (host === "0.0.0.0" || host === "::") {
    for (const { address } of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) {
      names.add(bracket(address));
    }
  } else if (host !== undefined) {
    names.add(bracket(host.toLowerCase()));
  }
  const withPort = [...names].map((name) => `${name}:${port}`);
  // Browsers leave out HTTP's own port.
  return new Set(port === 80 ? [...names, ...withPort] : withPort);
}

function bracket(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
