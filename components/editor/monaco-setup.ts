import "./monaco-features.ts";
import { languages } from "monaco-editor/editor";
import { registerProviders } from "./monaco-providers.ts";
import { followTheme } from "./monaco-theme.ts";

/** Requests: JSON with comments. */
export const languageId = "protojson";

let done = false;

/** Prepares Monaco once a page: its worker, the language of requests and the site's colours. */
export function setUpMonaco(): void {
  if (done) return;
  done = true;
  self.MonacoEnvironment = {
    getWorker: () =>
      new Worker(new URL("monaco-editor/editor/editor.worker.js", import.meta.url), { type: "module" }),
  };
  languages.register({ id: languageId });
  languages.setMonarchTokensProvider(languageId, {
    tokenizer: {
      root: [
        [/\/\/.*$/, "comment"],
        [/\/\*/, "comment", "comment"],
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "key"],
        [/"(?:[^"\\]|\\.)*"?/, "string"],
        [/-?\d[\d.eE+-]*/, "number"],
        [/\b(?:true|false|null)\b/, "keyword"],
        [/[{}[\],:]/, "delimiter"],
      ],
      comment: [
        [/\*\//, "comment", "@pop"],
        [/./, "comment"],
      ],
    },
  });
  languages.setLanguageConfiguration(languageId, {
    comments: { lineComment: "//", blockComment: ["/*", "*/"] },
    brackets: [
      ["{", "}"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}", notIn: ["string", "comment"] },
      { open: "[", close: "]", notIn: ["string", "comment"] },
      { open: '"', close: '"', notIn: ["string", "comment"] },
    ],
    wordPattern: /"[^"\\\n]*"?|[^\s{}[\],:"]+/,
    indentationRules: { increaseIndentPattern: /[{[]\s*(?:\/\/.*)?$/, decreaseIndentPattern: /^\s*[}\]]/ },
  });
  registerProviders(languageId);
  followTheme();
}
