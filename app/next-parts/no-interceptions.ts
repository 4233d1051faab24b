/** Stands in for routes that show a page over another one: the site has none. */
export const INTERCEPTION_ROUTE_MARKERS: readonly string[] = [];

export function isInterceptionRouteAppPath(): boolean {
  return false;
}
