/** What a reader chose; `system` follows the operating system. Kept in localStorage under `THEME_KEY`. */
export type Theme = "system" | "light" | "dark";

export const THEME_KEY = "theme";

/** Sets `data-theme` on the root element from what is stored. Runs inline, before the page is painted. */
export const APPLY_THEME = `try{const t=localStorage.getItem("${THEME_KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;
