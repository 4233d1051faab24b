import type { ProjectFile } from "./snippet.ts";

/** A package with its exact version: `["@grpc/grpc-js", "1.14.7"]`. */
export type NpmPackage = readonly [name: string, version: string];

/**
 * The commands that install packages, on lines that fit. In a folder without a manifest npm installs into the next one above that
 * has one: the first sees to it that there is one.
 */
export function npmInstall(packages: readonly NpmPackage[]): string {
  const lines = ["npm install --save-exact"];
  for (const [name, version] of packages) {
    const word = `${name}@${version}`;
    const last = lines.at(-1) ?? "";
    if (last.length + word.length < 88) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return `npm init -y\n${lines.join(" \\\n")}`;
}

/** The manifest of a program that is not published. */
export function packageJson(name: string, packages: readonly NpmPackage[]): ProjectFile {
  const manifest = { name, private: true, type: "module", dependencies: Object.fromEntries(packages) };
  return { path: "package.json", content: `${JSON.stringify(manifest, null, 2)}\n` };
}
