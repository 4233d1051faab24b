import type { ProjectFile } from "./snippet.ts";

/** A package with its exact version: `["@grpc/grpc-js", "1.14.7"]`. */
export type NpmPackage = readonly [name: string, version: string];

/** The command that installs packages, on lines that fit. */
export function npmInstall(packages: readonly NpmPackage[]): string {
  const lines = ["npm install --save-exact"];
  for (const [name, version] of packages) {
    const word = `${name}@${version}`;
    const last = lines.at(-1) ?? "";
    if (last.length + word.length < 88) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join(" \\\n");
}

/** The manifest of a program that is not published. */
export function packageJson(name: string, packages: readonly NpmPackage[]): ProjectFile {
  const manifest = { name, private: true, type: "module", dependencies: Object.fromEntries(packages) };
  return { path: "package.json", content: `${JSON.stringify(manifest, null, 2)}\n` };
}
