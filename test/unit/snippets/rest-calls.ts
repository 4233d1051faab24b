import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { DescMethod, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { Trader } from "../../../gen/poolrpc/trader_pb.ts";
import { answerRest } from "../../../sandbox/rest/answer-rest.ts";
import { readHttpRules } from "../../../sandbox/rest/http-rules.ts";
import { ROOT } from "../../support/pool-api.ts";
import type { ShellCall } from "./shell-calls.ts";

/** A request of HTTP. */
export interface HttpCall {
  readonly verb: string;
  readonly url: string;
  readonly body: string;
}

/** What curl does with its arguments. */
export function httpOf({ args }: ShellCall): HttpCall {
  const after = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
  return { verb: after("-X") ?? "GET", url: args.at(-1) ?? "", body: after("--data-binary") ?? "" };
}

/**
 * What programs call `requests.request` with, all in one Python. A query is put into the URL as requests does it; what
 * requests itself sends is looked at by `npm run test:snippets`.
 */
export function pythonCalls(programs: readonly string[]): HttpCall[] {
  const runner = `
import json, sys, types
from urllib.parse import urlencode

calls = []

class Response:
    ok = True
    def json(self):
        return {}

def request(verb, url, params=(), json=None, **options):
    query = urlencode(list(params))
    calls.append({"verb": verb, "url": url + ("?" + query if query else ""), "json": json})
    return Response()

module = types.ModuleType("requests")
module.request = request
module.RequestException = type("RequestException", (Exception,), {})
sys.modules["requests"] = module
stdout, sys.stdout = sys.stdout, sys.stderr
for program in json.load(sys.stdin):
    exec(compile(program, "snippet", "exec"), {})
for call in calls:
    call["body"] = json.dumps(call.pop("json"))
json.dump(calls, stdout)
`;
  const output = execFileSync("python3", ["-c", runner], {
    ...{ input: JSON.stringify(programs), encoding: "utf8", maxBuffer: 256 << 20 },
    stdio: ["pipe", "pipe", "ignore"],
  });
  return JSON.parse(output) as HttpCall[];
}

/** The message that a method gets of a request, by way of the sandbox's gateway. Throws what the gateway answers in its place. */
export async function throughGateway(method: DescMethod, { verb, url, body }: HttpCall): Promise<Message> {
  let came: Message | null = null;
  const implementation = {
    [method.localName]: (message: Message) => {
      came = message;
      return {};
    },
  };
  const transport = createRouterTransport((router) => {
    router.service(Trader, implementation as unknown as ServiceImpl<typeof Trader>);
  });
  const { answer } = await answerRest(
    {
      ...{ verb, url: url.slice("https://localhost:8281".length), contentType: "application/json" },
      ...{ verbOverride: "", timeout: "", macaroons: [], body: Buffer.from(body) },
      signal: new AbortController().signal,
    },
    {
      rules: readHttpRules(new URL(`file://${join(ROOT, "proto/poolrpc/trader.yaml")}`)),
      methods: new Map([[`${method.parent.typeName}.${method.name}`, ownMethod(method)]]),
      transport,
    },
  );
  if (came === null) throw new Error(`${verb} ${url}: ${JSON.stringify(answer)}`);
  return came;
}

/** The generated code's own method of that name: the transport looks at which object it is. */
function ownMethod({ name }: DescMethod): DescMethodUnary {
  const own = Trader.methods.find((each) => each.name === name);
  if (own === undefined || !isUnary(own)) throw new Error(`${name} is no method of one message`);
  return own;
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}
