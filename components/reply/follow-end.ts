const lineHeight = 20;

/**
 * Whether a box that grows is still to be kept at its end after a scroll event. An event can come late, when the text
 * has grown past where it scrolled to: only a move upwards says that the reader went away from the end.
 */
export function followsEnd(
  followed: boolean,
  topBefore: number,
  box: { readonly scrollTop: number; readonly clientHeight: number; readonly scrollHeight: number },
): boolean {
  if (box.scrollTop + box.clientHeight >= box.scrollHeight - lineHeight) return true;
  return followed && box.scrollTop >= topBefore;
}
