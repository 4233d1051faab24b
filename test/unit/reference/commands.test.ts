import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readCommands } from "../../../lib/reference/commands.ts";
import { loadPoolApi, ROOT } from "../../support/pool-api.ts";

/** What `--help` of the real program says, as it was recorded. */
interface Recorded {
  readonly commands: readonly {
    readonly command: string;
    readonly usage: string;
    readonly subcommands?: readonly string[];
    readonly flags: readonly {
      readonly names: readonly string[];
      readonly takes_value: boolean;
      readonly default?: string;
    }[];
  }[];
}

const { registry, reference } = await loadPoolApi();
const recorded: Recorded = JSON.parse(readFileSync(join(ROOT, "test/fixtures/pool-cli.json"), "utf8"));
const commands = reference.commands?.commands ?? [];

/** The help of `pool accounts recover` shows a word of its description where a value belongs, and hides that one is taken. */
const VALUE_HIDDEN =
  /^pool accounts recover --(auctioneer_key|height_hint|bitcoin_(host|user|password|tlspath))$/;

test("every command of the program is described, and none that it does not have", () => {
  assert.deepEqual(
    commands.map(({ name }) => name).sort(),
    recorded.commands.map((one) => one.command).sort(),
  );
});

for (const { command: name, flags, usage } of recorded.commands) {
  test(`flags of ${name}`, () => {
    const command = commands.find((one) => one.name === name);
    assert.ok(command, "described");
    assert.deepEqual(
      command.flags.map((flag) =>
        [`--${flag.name}`, ...(flag.alias === null ? [] : [`-${flag.alias}`])].join(),
      ),
      flags.map(({ names }) => names.join()),
    );
    for (const [index, flag] of command.flags.entries()) {
      const theirs = flags[index];
      const where = `${name} --${flag.name}`;
      if (!VALUE_HIDDEN.test(where)) {
        assert.equal(flag.type !== "bool", theirs?.takes_value, `${where} takes a value`);
      }
      // A number of 0 counts as left out.
      const fallback = theirs?.default?.replace(/^"(.*)"$/, "$1") ?? null;
      if (flag.type !== "bool") assert.equal(flag.default, fallback === "0" ? null : fallback, where);
    }
    for (const argument of command.arguments) {
      assert.ok(usage.includes(argument.name) || name === "pool auction ratings", `${name} ${argument.name}`);
    }
  });
}

test("the comment of each method with a command names one that calls it or serves for it", () => {
  const methods = reference.services.flatMap((service) => service.methods).filter(({ cli }) => cli !== null);
  for (const { name, cli } of methods) {
    const own = commands.filter((command) => command.method === name || command.also.includes(name));
    assert.ok(
      own.some((command) => command.name === cli || command.name.startsWith(`${cli} `)),
      `${name}: ${cli}`,
    );
  }
});

test("an example is a line of its command with flags that it has", () => {
  for (const { name, example, flags } of commands.filter(({ method }) => method !== null)) {
    assert.ok(example?.replace(/^pool --network \w+/, "pool").startsWith(name), `${name}: ${example}`);
    const used = [...(example ?? "").slice(name.length).matchAll(/--(\w+)/g)].map((match) => match[1] ?? "");
    const known = [...flags, ...(commands[0]?.flags ?? [])].map((flag) => flag.name);
    assert.deepEqual(
      used.filter((flag) => !known.includes(flag)),
      [],
      name,
    );
  }
});

const mistakes: readonly (readonly [command: string, message: RegExp])[] = [
  ["{ name: x y, summary: x }", /cli\.yaml:1: tool x y is below tool x, which does not come before it$/],
  ["{ name: x, summary: x, method: no.Such }", /no\.Such is no method$/],
  ["{ name: x }", /summary is missing$/],
  ["{ name: x, summary: x, argument: [a] }", /argument is not one of name, alias, method/],
  ["{ name: x, summary: x, arguments: [a] }", /a has no flag of that name/],
  [
    "{ name: x, summary: x, method: poolrpc.Trader.InitAccount, flags: [{ name: a, type: bool, about: a, fields: no }] }",
    /no is no field of poolrpc\.InitAccountRequest$/,
  ],
];
for (const [command, message] of mistakes) {
  test(`commands file: ${message.source}`, () => {
    assert.throws(
      () => readCommands(`{ program: tool, commands: [${command}] }`, "cli.yaml", registry),
      message,
    );
  });
}
