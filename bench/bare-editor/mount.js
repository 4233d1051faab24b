import "../../components/editor/monaco-features.ts";
import { editor } from "monaco-editor/editor";

/** Monaco with the playground's parts of it, its worker and a text: no language, no provider, no theme. */
export function mount(host, text) {
  self.MonacoEnvironment = {
    getWorker: () =>
      new Worker(new URL("monaco-editor/editor/editor.worker.js", import.meta.url), { type: "module" }),
  };
  editor.create(host, { value: text, language: "plaintext", minimap: { enabled: false } }).focus();
}
