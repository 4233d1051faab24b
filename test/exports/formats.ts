import type { ExportFormat } from "../../lib/notebook/export/export-notebook.ts";
import { buildGoClient } from "../clients/build-clients.ts";
import { runCommand } from "../clients/run-command.ts";
import { node, python, shell, type Toolchain } from "../snippets/toolchains.ts";

/** How an export is run. */
export interface ExportRunner {
  readonly format: ExportFormat;
  /** Installs what it says that it needs. */
  open(setup: string): Promise<Toolchain>;
  /** What begins the world, as the program is told: flags, or a change of its text. */
  readonly flags: readonly string[];
  prepare?(text: string): string;
}

const FLAGS = ["--from-scenario"];

export const RUNNERS: readonly ExportRunner[] = [
  {
    format: "python",
    open: (setup) =>
      python(
        "python",
        setup,
        "import sys, grpc; print(f'grpcio {grpc.__version__}, Python {sys.version.split()[0]}')",
      ),
    flags: FLAGS,
  },
  {
    format: "typescript",
    open: (setup) => node("typescript", setup, (file) => ["npx", "tsx", file]),
    flags: FLAGS,
  },
  {
    format: "shell",
    open: async () => {
      const [built, jq] = [await buildGoClient("grpcurl"), await runCommand("jq", ["--version"])];
      if (built.kind !== "built") return built;
      if (jq.code !== 0) return { kind: "missing", reason: "there is no jq on this machine" };
      return shell([jq.stdout.trim(), "grpcurl"], built);
    },
    flags: FLAGS,
  },
  {
    format: "ipynb",
    open: async (setup) => {
      const show =
        "import nbclient, sys; print(f'nbclient {nbclient.__version__}, Python {sys.version.split()[0]}')";
      const toolchain = await python("ipynb", setup, show);
      if (toolchain.kind !== "ready") return toolchain;
      return { ...toolchain, command: (file) => ["jupyter", "execute", file] };
    },
    flags: [],
    prepare: (text) => text.replace("FROM_SCENARIO = False", "FROM_SCENARIO = True"),
  },
];
