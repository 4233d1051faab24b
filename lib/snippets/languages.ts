import { commandLine } from "./command-line.ts";
import { curl } from "./curl.ts";
import { go } from "./go.ts";
import { grpcurl } from "./grpcurl.ts";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";
import { pythonRest } from "./python-rest.ts";
import { rust } from "./rust.ts";
import type { SnippetLanguage } from "./snippet.ts";
import { typescript } from "./typescript.ts";
import { typescriptWeb } from "./typescript-web.ts";

/** Every language, in the order in which the page lists them. */
export const snippetLanguages: readonly SnippetLanguage[] = [
  ...[commandLine, grpcurl, curl],
  ...[python, pythonRest, javascript, typescript, typescriptWeb],
  ...[go, rust],
];
