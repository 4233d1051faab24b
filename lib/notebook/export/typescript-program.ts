import { belowHome } from "../../snippets/client-profile.ts";
import { jsPath, jsQuote } from "../../snippets/js-quote.ts";
import { commentLines, proseComment } from "./comments.ts";
import { endpointsOf } from "./endpoints.ts";
import { introduction, needsLeave } from "./introduction.ts";
import { ALLOW_WRITE, FROM_SCENARIO, optionName } from "./option-names.ts";
import type { ExportContext, Plan } from "./plan.ts";
import { TypeScriptCells } from "./typescript-cells.ts";
import { typescriptHelpers } from "./typescript-helpers.ts";

/** A plan as a program of TypeScript for Node, with Connect's client over gRPC. */
export function typescriptProgram(plan: Plan, context: ExportContext): string {
  const cells = new TypeScriptCells(plan);
  const leave = needsLeave(plan, context);
  const body = plan.steps.map((step) => {
    if (step.kind === "prose") return proseComment(step.cell.text, "//");
    return cells.code(step, ({ cell }) => `values[${jsQuote(optionName(cell.as))}]`);
  });
  const begin = cells.begin();
  if (leave) cells.writing.helpers.use("stop");
  const clients = clientLines(plan, cells);
  const { imports, code } = moduleTop(plan, cells, body.join("\n") + (begin ?? ""));
  const options = optionLines(plan, leave);
  const parts = [
    commentLines(introduction(plan, context), "//").join("\n"),
    imports,
    ...code,
    ...(options === null ? [] : [options]),
    ...(leave ? [leaveText(plan)] : []),
    clients.join("\n"),
    ...(begin === null ? [] : [`if (values["${FROM_SCENARIO}"]) {\n  ${begin.replaceAll("\n", "\n  ")}\n}`]),
    ...body,
    ...(endpointsOf(plan).length === 0 ? [] : ["for (const session of sessions) session.abort();"]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function optionLines({ steps, beginning }: Plan, leave: boolean): string | null {
  const lines: string[] = [];
  for (const step of steps) {
    if (step.kind !== "input") continue;
    const { label, unit, as } = step.cell;
    lines.push(...commentLines(unit === null ? label : `${label} (${unit})`, "//"));
    lines.push(`${jsQuote(optionName(as))}: { type: "string", default: ${jsQuote(step.typed)} },`);
  }
  if (beginning !== null) {
    const what = `Begins the world anew with the scenario ${beginning.scenario}: what is there is lost.`;
    lines.push(...commentLines(what, "//"), `"${FROM_SCENARIO}": { type: "boolean", default: false },`);
  }
  if (leave) {
    lines.push("// Lets it make the calls that change something.");
    lines.push(`"${ALLOW_WRITE}": { type: "boolean", default: false },`);
  }
  if (lines.length === 0) return null;
  const inner = lines.map((line) => `    ${line}\n`).join("");
  return `const { values } = parseArgs({\n  options: {\n${inner}  },\n});`;
}

function leaveText({ writes }: Plan): string {
  const why = `It calls what changes something (${writes.join(", ")}): run it with --${ALLOW_WRITE}.`;
  return `if (!values["${ALLOW_WRITE}"]) stop(${jsQuote(why)});`;
}

/** Where the services are, and what asks them. */
function clientLines(plan: Plan, cells: TypeScriptCells): string[] {
  return endpointsOf(plan).flatMap(({ client, services }, at, { length }) => {
    const name = length === 1 ? "transport" : `transport${at + 1}`;
    const parts = [
      jsQuote(client.address),
      jsPath(client.tlsCert),
      client.macaroon === null ? "null" : jsPath(client.macaroon),
    ];
    const connect = cells.writing.helpers.use("connect");
    return [
      `const ${name} = ${connect}(${parts.join(", ")});`,
      ...services.map((service) => {
        const imported = cells.writing.imports.use(service.file, service.name);
        return `const ${cells.client(service.typeName)} = createClient(${imported}, ${name});`;
      }),
    ];
  });
}

/** Imports and helpers of what has been written so far. */
function moduleTop(plan: Plan, cells: TypeScriptCells, body: string) {
  const helpers = typescriptHelpers((name) => cells.writing.helpers.has(name));
  const endpoints = endpointsOf(plan);
  const names = new Map<string, Set<string>>();
  const add = (module: string, name: string) => names.set(module, (names.get(module) ?? new Set()).add(name));
  for (const [module, name] of helpers.imports) add(module, name);
  const inHome = endpoints.some(({ client }) =>
    [client.tlsCert, client.macaroon].some((path) => path !== null && belowHome(path) !== null),
  );
  if (inHome) {
    add("node:os", "homedir");
    add("node:path", "join");
  }
  if (plan.steps.some(({ kind }) => kind === "input") || plan.beginning !== null || plan.writes.length > 0) {
    add("node:util", "parseArgs");
  }
  if (endpoints.length > 0) add("@connectrpc/connect", "createClient");
  if (body.includes("create(")) add("@bufbuild/protobuf", "create");
  const nameOf = (each: string) => each.replace("type ", "");
  const lines = [...names].map(([module, each]) => {
    const sorted = [...each].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return `import { ${sorted.join(", ")} } from "${module}";`;
  });
  const isNode = (line: string) => line.includes('"node:');
  const sorted = [
    ...lines.filter(isNode).sort(byModule),
    ...lines.filter((line) => !isNode(line)).sort(byModule),
  ];
  return { imports: [...sorted, ...cells.writing.imports.lines()].join("\n"), code: helpers.code };
}

function byModule(a: string, b: string): number {
  return a.slice(a.lastIndexOf(" ")) < b.slice(b.lastIndexOf(" ")) ? -1 : 1;
}
