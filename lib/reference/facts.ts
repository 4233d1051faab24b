import type { FileRegistry } from "@bufbuild/protobuf";
import type { ReferenceSources } from "./build-reference.ts";
import { readCommands } from "./commands.ts";
import { readErrors } from "./errors.ts";
import type { Reference } from "./reference.ts";
import { readReplies } from "./replies.ts";

/** What is written by hand or recorded beside the protos. Throws a SourceError where it does not fit them. */
export function readFacts(
  { config, commandsYaml, errorsYaml, repliesJson }: ReferenceSources,
  registry: FileRegistry,
): Pick<Reference, "commands" | "errors" | "replies"> {
  const { cli, errors = "errors", replies = "replies" } = config;
  return {
    commands:
      commandsYaml === undefined ? null : readCommands(commandsYaml, cli?.commands ?? "commands", registry),
    errors: errorsYaml === undefined ? [] : readErrors(errorsYaml, errors, registry),
    replies: repliesJson === undefined ? {} : readReplies(repliesJson, replies, registry),
  };
}
