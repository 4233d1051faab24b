/** Stands in for the part of Next's router that sends server actions: the site has none, and its server takes none. */
export function serverActionReducer(): never {
  throw new Error("this site has no server actions");
}
