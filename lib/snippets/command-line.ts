import type { Command, CommandFlag } from "../reference/command.ts";
import type { MethodCommands } from "../reference/method-docs.ts";
import type { ClientProfile } from "./client-profile.ts";
import { fitCommand } from "./fit-command.ts";
import { type MessageLiteral, readLiteral } from "./literal.ts";
import { shellPath, shellQuote } from "./shell-quote.ts";
import { inexpressible, type SnippetLanguage, snakeCase } from "./snippet.ts";
import { UNNAMED } from "./words.ts";

/** The API's own command line client, with the flags that the request needs. */
export const commandLine: SnippetLanguage = {
  id: "cli",
  label: "Command line",
  syntax: "sh",
  fileName: ({ name }) => `${snakeCase(name)}.cli.sh`,
  generate({ method, message, cli, client }) {
    if (cli === null) return inexpressible("No command calls this method.");
    const literal = readLiteral(method.input, message);
    if (literal === null) return inexpressible(UNNAMED);
    const place = globalFlags(cli.program.flags, client);
    const fits = cli.commands.map((command) => ({ command, fit: fitCommand(command, literal) }));
    const found = fits.find(({ fit }) => fit.kind === "words");
    if (found === undefined || found.fit.kind !== "words") {
      // Of commands for one branch of the request each, the one that is for this branch.
      const near = fits.filter(({ command }) => touches(command, literal));
      const reasons = (near.length === 0 ? fits : near).map(
        ({ command, fit }) => `${command.name}: ${fit.kind === "none" ? fit.reason : ""}`,
      );
      return inexpressible(reasons.join(" "));
    }
    const { command, fit } = found;
    const path = command.name.slice(cli.program.name.length + 1);
    const lines = [[cli.program.name, ...place.words].join(" "), path, ...fit.words];
    const one = lines.join(" ");
    return {
      kind: "snippet",
      code: `${one.length <= 90 ? one : lines.join(" \\\n  ")}\n`,
      setup: cli.program.install.join("\n"),
      notes: [...place.notes, ...fit.notes],
    };
  },
  project: ({ method, cli }) => ({
    main: commandLine.fileName(method),
    files: [],
    protos: false,
    needs: "what the commands below use, and a POSIX shell",
    setup: cli?.program.install ?? [],
    run: `sh ${commandLine.fileName(method)}`,
  }),
};

/** Whether a flag is for something below a message that the request has. */
function touches(command: Command, { fields }: MessageLiteral): boolean {
  const set = fields.filter(({ field }) => field.message !== undefined).map(({ field }) => `${field.name}.`);
  return command.flags.some((flag) =>
    flag.fields.some((path) => set.some((start) => path.startsWith(start))),
  );
}

/** The flags that lead to the daemon. */
function globalFlags(
  flags: MethodCommands["program"]["flags"],
  { address, network, tlsCert }: ClientProfile,
): { readonly words: readonly string[]; readonly notes: readonly string[] } {
  const at = (meaning: CommandFlag["as"]) => flags.find(({ as }) => as === meaning);
  const words: string[] = [];
  const notes: string[] = [];
  const daemon = at("address");
  if (daemon !== undefined && daemon.default !== address)
    words.push(`--${daemon.name} ${shellQuote(address)}`);
  const chain = at("network");
  if (chain !== undefined && chain.default !== network) words.push(`--${chain.name} ${shellQuote(network)}`);
  const folder = at("folder");
  if (folder !== undefined) {
    const end = `/${network}/${tlsCert.slice(tlsCert.lastIndexOf("/") + 1)}`;
    if (tlsCert.endsWith(end)) words.push(`--${folder.name} ${shellPath(tlsCert.slice(0, -end.length))}`);
    else {
      notes.push(
        `The command looks for its certificate and macaroon in a folder named ${network} only. Those of this profile lie elsewhere: put them there and name the folder above with --${folder.name}.`,
      );
    }
  }
  return { words, notes };
}
