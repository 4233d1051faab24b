import type { DescFile } from "@bufbuild/protobuf";
import { packageModules } from "./rust-names.ts";

/** The crate that a snippet's folder is: its library is what prost makes of the protos. */
export const RUST_CRATE = "snippet";

/** Crates that programs name. */
const TAKEN = new Set([RUST_CRATE, "hex", "prost_types", "rustls", "std", "tokio", "tokio_stream", "tonic"]);

/** The modules with generated code that a program needs, by the name that it gives them. */
export class RustModules {
  /** By path. */
  readonly #names = new Map<string, string>();
  #usesMaps = false;

  /** The path to a name in a file's package. */
  within(file: DescFile, names: readonly string[]): string {
    const { package: scope } = file.proto;
    if (scope === "google.protobuf") return ["prost_types", ...names].join("::");
    const modules = packageModules(file.proto);
    return (modules.length === 0 ? [RUST_CRATE, ...names] : [this.#use(modules), ...names]).join("::");
  }

  /** The name of the type of maps. */
  map(): string {
    this.#usesMaps = true;
    return "HashMap";
  }

  get usesMaps(): boolean {
    return this.#usesMaps;
  }

  /** `use` lines of the packages. */
  lines(): string[] {
    return [...this.#names]
      .map(([path, name]) => {
        const own = path.slice(path.lastIndexOf("::") + 2) === name;
        return `use ${path}${own ? "" : ` as ${name}`};`;
      })
      .sort();
  }

  #use(modules: readonly string[]): string {
    const path = [RUST_CRATE, ...modules].join("::");
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const joined = modules.map((each) => each.replace("r#", "")).join("_");
    const isFree = !TAKEN.has(joined) && !modules.some((each) => each.startsWith("r#"));
    const taken = new Set(this.#names.values());
    let name = isFree ? joined : `${joined}_api`;
    for (let number = 2; taken.has(name); number++) name = `${joined}_${number}`;
    this.#names.set(path, name);
    return name;
  }
}
