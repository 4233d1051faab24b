/** Loads Monaco, once a page. */
export const loadMonaco = () => import("./monaco-editor.ts");
