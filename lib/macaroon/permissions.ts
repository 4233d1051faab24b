/** The permission for one method by its path, which stands for all that the method needs: `uri:/pkg.Service/Method`. */
export function uriPermission(method: string): string {
  const dot = method.lastIndexOf(".");
  return `uri:/${method.slice(0, dot)}/${method.slice(dot + 1)}`;
}

/**
 * Which of the permissions that `method` needs are not among those held: none where it is held by its path. Of a method
 * whose needs are not known (`null`) it is the path that lacks.
 */
export function lackingPermissions(
  held: readonly string[],
  needed: readonly string[] | null,
  method: string,
): readonly string[] {
  const path = uriPermission(method);
  if (held.includes(path)) return [];
  return needed?.filter((permission) => !held.includes(permission)) ?? [path];
}

/** The moment (ms since 1970) from which a macaroon with these caveats is refused, or null where it does not end. */
export function expiryMs(caveats: readonly string[]): number | null {
  const ends = caveats
    .map((text) => /^time-before (.+)$/s.exec(text)?.[1])
    .filter((time) => time !== undefined)
    // A time that cannot be read is over: a caveat that is not understood must not open the door.
    .map((time) => {
      const ms = Date.parse(time);
      return Number.isNaN(ms) ? 0 : ms;
    });
  return ends.length === 0 ? null : Math.min(...ends);
}
