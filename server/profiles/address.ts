/** A TCP address. `host` is a name or an IP address, IPv6 without its brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` or `[::1]:port`; undefined where it is not one. Schemes, paths and sockets are not addresses. */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?)):(\d{1,5})$/.exec(
    text,
  );
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

/** The address as it is typed. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
