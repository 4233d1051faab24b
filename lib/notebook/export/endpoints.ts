import type { DescService } from "@bufbuild/protobuf";
import type { ClientProfile } from "../../snippets/client-profile.ts";
import { snakeCase } from "../../snippets/snippet.ts";
import type { Plan } from "./plan.ts";

/** An address that a program talks to, and the services that it asks there. */
export interface Endpoint {
  readonly client: ClientProfile;
  /** What its constants begin with: nothing where it is the only one, else `TRADER_`. */
  readonly prefix: string;
  readonly services: readonly DescService[];
}

/** Every address that a plan talks to, in the order of the first calls. */
export function endpointsOf({ steps, beginning }: Plan): readonly Endpoint[] {
  const called = steps.flatMap((step) => (step.kind === "call" || step.kind === "wait" ? [step] : []));
  const found = new Map<string, { client: ClientProfile; services: Set<DescService> }>();
  for (const { client, method } of [...called, ...(beginning === null ? [] : [beginning])]) {
    const key = [client.address, client.tlsCert, client.macaroon].join("\n");
    const known = found.get(key) ?? { client, services: new Set() };
    known.services.add(method.parent);
    found.set(key, known);
  }
  return [...found.values()].map(({ client, services }) => {
    const [first] = services;
    const prefix = found.size === 1 || first === undefined ? "" : `${snakeCase(first.name).toUpperCase()}_`;
    return { client, prefix, services: [...services] };
  });
}

/** Names of the services' clients, by service: `trader`, or with the package where two have one name. */
export function clientNames(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  const services = endpoints.flatMap((each) => each.services);
  return new Map(
    services.map(({ typeName, name }) => {
      const same = services.filter((each) => each.name === name).length > 1;
      return [typeName, snakeCase((same ? typeName : name).replaceAll(".", "_"))];
    }),
  );
}
