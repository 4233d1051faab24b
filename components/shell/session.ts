/**
 * Exchanges the one-time token that the start command put in the URL's fragment for the session cookie, and takes it
 * out of the address bar. Without a token there is nothing to do: the cookie is there already, or was set with the page.
 */
export async function openSession(): Promise<void> {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get("token");
  if (token === null) return;
  fragment.delete("token");
  // What else stands in the fragment, such as a shared request, stays.
  const rest = fragment.size === 0 ? "" : `#${fragment}`;
  history.replaceState(history.state, "", location.pathname + location.search + rest);
  await fetch("/api/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
}
