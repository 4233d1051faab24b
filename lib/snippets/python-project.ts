import type { ProjectFile } from "./snippet.ts";

export const PYTHON_NEEDS = "Python 3.10 or later";

/** The commands that install a project's packages where they are in nobody's way. */
export const VENV = [
  "python3 -m venv .venv",
  ". .venv/bin/activate",
  "pip install -r requirements.txt",
] as const;

/** The manifest that pip reads. */
export function requirements(packages: readonly string[]): ProjectFile {
  return { path: "requirements.txt", content: `${packages.join("\n")}\n` };
}
