import { RUST_CRATE } from "./rust-modules.ts";
import { rustQuote } from "./rust-quote.ts";
import type { ProjectFile } from "./snippet.ts";
import { PROTO_ROOT } from "./words.ts";

export const RUST_NEEDS = "Rust 1.88 or later";

interface Crate {
  readonly name: string;
  readonly version: string;
  /** Features in place of its default ones; null: the default ones. */
  readonly features: readonly string[] | null;
}

/** protox reads protos by itself: no protoc is needed. */
const CRATES: readonly Crate[] = [
  { name: "hex", version: "0.4.3", features: null },
  { name: "prost", version: "0.14.6", features: null },
  { name: "prost-types", version: "0.14.6", features: null },
  { name: "rustls", version: "0.23.46", features: ["ring", "std", "tls12"] },
  { name: "tokio", version: "1.54.1", features: ["macros", "rt-multi-thread", "sync"] },
  { name: "tokio-stream", version: "0.1.19", features: [] },
  { name: "tonic", version: "0.14.9", features: ["channel", "codegen", "tls-ring"] },
  { name: "tonic-prost", version: "0.14.9", features: null },
];

const BUILD_CRATES: readonly Crate[] = [
  { name: "protox", version: "0.10.0", features: null },
  { name: "tonic-prost-build", version: "0.14.9", features: null },
];

const LIBRARY = `include!(concat!(env!("OUT_DIR"), "/api.rs"));\n`;

/** `proto`: the file with the service, below the folder of protos. */
function buildScript(proto: string): string {
  return `fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=${PROTO_ROOT}");
    let files = protox::compile([${rustQuote(proto)}], [${rustQuote(PROTO_ROOT)}])?;
    tonic_prost_build::configure()
        .build_server(false)
        .build_transport(false)
        .bytes(".")
        .include_file("api.rs")
        .compile_fds(files)?;
    Ok(())
}
`;
}

/** The manifest and what makes a library of the protos. */
export function rustFiles(proto: string): readonly ProjectFile[] {
  const manifest = [
    "[package]",
    `name = "${RUST_CRATE}"`,
    'version = "0.1.0"',
    'edition = "2024"',
    "",
    "[dependencies]",
    ...CRATES.map(dependency),
    "",
    "[build-dependencies]",
    ...BUILD_CRATES.map(dependency),
  ];
  return [
    { path: "Cargo.toml", content: `${manifest.join("\n")}\n` },
    { path: "build.rs", content: buildScript(proto) },
    { path: "src/lib.rs", content: LIBRARY },
  ];
}

function dependency({ name, version, features }: Crate): string {
  if (features === null) return `${name} = "=${version}"`;
  const list = features.map((feature) => `"${feature}"`).join(", ");
  return `${name} = { version = "=${version}", default-features = false, features = [${list}] }`;
}

/** Commands to be typed once in an empty folder with the protos in it: they write the same files. */
export function rustSetup(proto: string): readonly string[] {
  return [
    "mkdir -p src",
    ...rustFiles(proto).map(({ path, content }) => `cat > ${path} <<'END'\n${content}END`),
  ];
}
