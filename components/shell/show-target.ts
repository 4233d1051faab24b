/**
 * Shows the place that the address names, once a page has come without being loaded anew: the browser itself neither
 * marks it then nor opens what it is folded into.
 */
export function showTarget(): void {
  for (const other of document.querySelectorAll("[data-target]")) other.removeAttribute("data-target");
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place === null) return;
  place.setAttribute("data-target", "");
  for (
    let fold = place.closest("details");
    fold !== null;
    fold = fold.parentElement?.closest("details") ?? null
  ) {
    fold.open = true;
  }
  place.scrollIntoView();
}
