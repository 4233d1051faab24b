/**
 * A method writes when one of its macaroon permissions (`entity:action`) is for anything but reading, or when they are
 * not known. What the page shows and what the server refuses both come from here.
 */
export function accessOf(permissions: readonly string[] | null): "read" | "write" {
  return permissions?.every((permission) => permission.endsWith(":read")) === true ? "read" : "write";
}
