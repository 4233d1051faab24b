/** The sections of a type's page that are what its fields or values are. */
const SECTIONS = ["fields", "values"];

/**
 * Puts a section of another page into an open `details`, below its summary: the one that `href` names, or the fields or values of
 * a type. Names lead to that page, and what unfolds in them unfolds in turn. Where it cannot be had, the link that is there stays.
 */
export async function fillUnfold(details: HTMLDetailsElement, href: string): Promise<void> {
  delete details.dataset.unfold;
  details.setAttribute("aria-busy", "true");
  try {
    const part = await loadPart(href);
    if (part !== null) details.querySelector("summary")?.after(part);
  } catch {
    details.dataset.unfold = href;
  } finally {
    details.removeAttribute("aria-busy");
  }
}

async function loadPart(href: string): Promise<Element | null> {
  const [path = "", section] = href.split("#");
  const response = await fetch(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const ids = section === undefined ? SECTIONS : [section];
  const heading = ids.map((id) => page.getElementById(id)).find((found) => found !== null);
  const part = heading?.nextElementSibling ?? null;
  if (part === null) return null;
  // Anchors are of that page, not of the one that this is put into.
  for (const link of part.querySelectorAll("a[href^='#']")) {
    link.setAttribute("href", path + link.getAttribute("href"));
  }
  for (const element of part.querySelectorAll("[id]")) element.removeAttribute("id");
  return document.adoptNode(part);
}
