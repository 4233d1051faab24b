import { type DescField, type DescMethod, type DescService, ScalarType } from "@bufbuild/protobuf";
import type { PlaygroundConfig, ResolvedApi, SandboxConfig } from "./api-config.ts";
import { type Say, suggest } from "./config-shape.ts";

/** An API of the config beside the services of its documented files. */
export interface DocumentedApi {
  readonly api: ResolvedApi;
  readonly services: readonly DescService[];
}

/** Finds every name in the config that the protos do not have. `apis` are those of the config, in its order. */
export function checkConfigNames(
  { sandbox }: Pick<PlaygroundConfig, "sandbox">,
  apis: readonly DocumentedApi[],
): string[] {
  const mistakes: string[] = [];
  const say: Say = (at, sentence) => {
    mistakes.push(`${at} ${sentence}${sentence.endsWith("?") ? "" : "."}`);
  };
  const documentedBy = new Map<string, string>();
  for (const [i, { api, services }] of apis.entries()) {
    const at = `apis[${i}]`;
    for (const { typeName } of services) {
      const other = documentedBy.get(typeName);
      if (other === undefined) documentedBy.set(typeName, at);
      else
        say(
          `${at}.files`,
          `have the service ${typeName}, which those of ${other} have too; document it in one API`,
        );
    }
    checkServices(api, services, `${at}.services`, say);
    checkGroups(api, services, `${at}.groups`, say);
    checkLive(api, services, `${at}.live`, say);
  }
  const all = [...documentedBy.keys()];
  for (const key of ["daemon", "auctioneer"] as const) {
    for (const [i, name] of (sandbox?.[key] ?? []).entries()) {
      if (!documentedBy.has(name))
        say(`sandbox.${key}[${i}]`, `names ${name}, which is no service of the APIs; ${suggest(name, all)}`);
    }
  }
  if (sandbox !== undefined) checkScenario(sandbox, apis, say);
  return mistakes;
}

function checkScenario(
  { scenario, daemon, auctioneer }: SandboxConfig,
  apis: readonly DocumentedApi[],
  say: Say,
): void {
  if (scenario === undefined) return;
  const methods = apis
    .flatMap(({ services }) => services)
    .filter(({ typeName }) => [...daemon, ...auctioneer].includes(typeName))
    .flatMap((service) => service.methods);
  const at = "sandbox.scenario";
  const method = methods.find((each) => fullName(each) === scenario.method);
  if (method === undefined) {
    const near = suggest(scenario.method, methods.map(fullName));
    say(`${at}.method`, `names ${scenario.method}, which is no method of the sandbox's services; ${near}`);
    return;
  }
  if (method.methodKind !== "unary")
    say(
      `${at}.method`,
      `names ${scenario.method}, which streams; name a method with one request and one reply`,
    );
  const check = (key: "name" | "seed", kind: string, fits: (field: DescField) => boolean) => {
    const fields = method.input.fields.filter(fits).map(({ name }) => name);
    if (!fields.includes(scenario[key]))
      say(
        `${at}.${key}`,
        `names ${scenario[key]}, which is no ${kind} field of ${method.input.typeName}; ${suggest(scenario[key], fields)}`,
      );
  };
  check("name", "string", ({ scalar }) => scalar === ScalarType.STRING);
  check("seed", "64-bit", ({ scalar }) => scalar === ScalarType.UINT64 || scalar === ScalarType.INT64);
}

function checkServices(api: ResolvedApi, services: readonly DescService[], at: string, say: Say): void {
  const known = services.map(({ typeName }) => typeName);
  for (const key of ["daemon", "auctioneer"] as const) {
    for (const [i, name] of api.services[key].entries()) {
      if (!known.includes(name))
        say(
          `${at}.${key}[${i}]`,
          `names ${name}, which is no service of the documented files; ${suggest(name, known)}`,
        );
    }
  }
}

function checkGroups({ groups }: ResolvedApi, services: readonly DescService[], at: string, say: Say): void {
  const known = services.flatMap((service) => service.methods.map(fullName));
  const places = new Map<string, string>();
  for (const [i, { title, methods }] of groups.entries()) {
    for (const [j, name] of methods.entries()) {
      const place = `${at}[${i}].methods[${j}] (${title})`;
      const other = places.get(name);
      if (!known.includes(name))
        say(place, `names ${name}, which is no method of the documented files; ${suggest(name, known)}`);
      else if (other !== undefined)
        say(place, `names ${name}, which the group ${other} has already; take one out`);
      places.set(name, title);
    }
  }
}

function checkLive({ live }: ResolvedApi, services: readonly DescService[], at: string, say: Say): void {
  if (live === undefined) return;
  const methods = services.flatMap((service) => service.methods);
  const method = methods.find((each) => fullName(each) === live.method);
  if (method === undefined) {
    const near = suggest(live.method, methods.map(fullName));
    say(`${at}.method`, `names ${live.method}, which is no method of the documented files; ${near}`);
    return;
  }
  if (method.methodKind !== "unary")
    say(`${at}.method`, `names ${live.method}, which streams; name a method with one request and one reply`);
  const fields = method.output.fields.map(({ name }) => name);
  for (const key of ["height", "version"] as const) {
    const name = live[key];
    if (name !== undefined && !fields.includes(name))
      say(
        `${at}.${key}`,
        `names ${name}, which is no field of ${method.output.typeName}; ${suggest(name, fields)}`,
      );
  }
}

function fullName(method: DescMethod): string {
  return `${method.parent.typeName}.${method.name}`;
}
