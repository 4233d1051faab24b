import { GRPCURL_INSTALL } from "../../snippets/grpcurl.ts";
import { shellHex, shellPath, shellQuote } from "../../snippets/shell-quote.ts";
import { PROTO_ROOT } from "../../snippets/words.ts";
import { commentLines, commentSentence, proseComment } from "./comments.ts";
import { endpointsOf } from "./endpoints.ts";
import { introduction, needsLeave } from "./introduction.ts";
import { JQ_DEFINITIONS } from "./jq-definitions.ts";
import { ALLOW_WRITE, FROM_SCENARIO, optionName } from "./option-names.ts";
import type { ExportContext, Plan } from "./plan.ts";
import { askFunction, inputVariable, ShellCells } from "./shell-cells.ts";
import { SHELL_FUNCTIONS } from "./shell-functions.ts";

export const SHELL_SETUP = `${GRPCURL_INSTALL}\njq --version`;

/** A plan as a script for a POSIX shell with grpcurl and jq. */
export function shellProgram(plan: Plan, context: ExportContext): string {
  const cells = new ShellCells(plan, context.registry);
  const leave = needsLeave(plan, context);
  const body = plan.steps.map((step) =>
    step.kind === "prose" ? proseComment(step.cell.text, "#") : cells.code(step),
  );
  const begin = cells.begin();
  const parts = [
    "#!/bin/sh",
    commentLines(introduction(plan, context), "#").join("\n"),
    "set -eu",
    optionText(plan, leave),
    ...(leave ? [leaveText(plan)] : []),
    `definitions='${JQ_DEFINITIONS}\n'`,
    SHELL_FUNCTIONS,
    ...endpointsOf(plan).map(endpointText),
    ...(begin === null ? [] : [`if [ "$from_scenario" = yes ]; then\n  ${begin.join("\n  ")}\nfi`]),
    ...body,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function optionText({ steps, beginning }: Plan, leave: boolean): string {
  const lines: string[] = [];
  const cases: string[] = [];
  for (const step of steps) {
    if (step.kind !== "input") continue;
    const { label, unit, as } = step.cell;
    const [name, variable] = [optionName(as), inputVariable(as)];
    lines.push(commentSentence(unit === null ? label : `${label} (${unit})`, "#"));
    lines.push(`${variable}=${shellQuote(step.typed)}`);
    cases.push(
      `    --${name}=*) ${variable}=\${1#*=} ;;`,
      `    --${name})`,
      `      ${variable}=\${2?"--${name} needs a value"}`,
      "      shift",
      "      ;;",
    );
  }
  const flag = (name: string) => {
    const variable = name.replaceAll("-", "_");
    lines.push(`${variable}=no`);
    cases.push(`    --${name}) ${variable}=yes ;;`);
  };
  if (beginning !== null) {
    lines.push(
      `# Whether the world begins anew with the scenario ${beginning.scenario}: what is there is lost.`,
    );
    flag(FROM_SCENARIO);
  }
  if (leave) {
    lines.push("# Whether it may make the calls that change something.");
    flag(ALLOW_WRITE);
  }
  return [
    ...lines,
    "while [ $# -gt 0 ]; do",
    "  case $1 in",
    ...cases,
    "    *)",
    '      echo "There is no option $1." >&2',
    "      exit 2",
    "      ;;",
    "  esac",
    "  shift",
    "done",
  ].join("\n");
}

function leaveText({ writes }: Plan): string {
  const why = `It calls what changes something (${writes.join(", ")}): run it with --${ALLOW_WRITE}.`;
  return `if [ "$allow_write" = no ]; then\n  echo ${shellQuote(why)} >&2\n  exit 1\nfi`;
}

/** Where services are, and the function that asks them. The macaroon is in the environment, where `ps` does not show it. */
function endpointText({ client, prefix }: ReturnType<typeof endpointsOf>[number]): string {
  const macaroon = `${prefix}MACAROON`;
  const lines = [
    `${prefix}ADDRESS=${shellQuote(client.address)}`,
    `${prefix}TLS_CERT=${shellPath(client.tlsCert)}`,
  ];
  if (client.macaroon !== null) lines.push(`export ${macaroon}="${shellHex(client.macaroon)}"`);
  const flags = [
    `-cacert "$${prefix}TLS_CERT"`,
    ...(client.macaroon === null ? [] : [`-expand-headers -H 'macaroon: \${${macaroon}}'`]),
    `-import-path ${PROTO_ROOT} -proto "$1" -max-time "$3" -emit-defaults -format-error`,
    `-d @ "$${prefix}ADDRESS" "$2"`,
  ];
  return [...lines, `${askFunction(prefix)}() {`, `  exec grpcurl ${flags.join(" \\\n    ")}`, "}"].join(
    "\n",
  );
}
