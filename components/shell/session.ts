/**
 * Exchanges the one-time token that the start command put in the URL's fragment for the session cookie, and takes it
 * out of the address bar. Without a token there is nothing to do: the cookie is there already, or was set with the page.
 */
export async function openSession(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  await fetch("/api/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
}
