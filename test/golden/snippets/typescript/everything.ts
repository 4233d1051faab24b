import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { Colour, Everything, ThingSchema } from "./gen/everything_pb.js";
import { NullValue } from "@bufbuild/protobuf/wkt";

const baseUrl = "https://[::1]:9000";
// The connection, with no certificate trusted but the daemon's own.
const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync("/etc/it's here/$HOME/tls.cert") });
const client = createClient(Everything, createGrpcTransport({ baseUrl, sessionManager: session }));
const options = {
  headers: { macaroon: readFileSync(join(homedir(), "my files/`x`.macaroon")).toString("hex") },
};

function show(reply: MessageShape<typeof ThingSchema>) {
  console.log(toJsonString(ThingSchema, reply, { prettySpaces: 2 }));
}

const request = create(ThingSchema, {
  trackedNumber: 0,
  plainNumber: 9007199254740993n,
  signedNumber: -9223372036854775808n,
  realNumber: -Infinity,
  plainFlag: true,
  trackedFlag: false,
  plainText: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u0001\u001b[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
  trackedText: "",
  plainBytes: Buffer.from("fbff00", "hex"),
  colour: Colour.RED,
  innerThing: { innerThing: { innerThing: {} } },
  thingList: [{}, { plainText: "it's" }],
  numberList: [0n, -1n],
  bytesList: [Buffer.alloc(0), Buffer.from("00", "hex")],
  colourList: [Colour.NONE, 77],
  thingMap: { "": {}, "a'b\"": { plainNumber: 1n }, ["__proto__"]: {} },
  textMap: { "-7": "x" },
  flagMap: { true: 18446744073709551615n },
  eitherWay: { case: "thirdWay", value: Colour.NONE },
  groupedPart: { groupNumber: 4294967295 },
  someTime: { seconds: 1767323045n, nanos: 6000000 },
  someSpan: { seconds: -1n, nanos: -500000000 },
  wrappedNumber: 5n,
  wrappedBytes: Buffer.from("00", "hex"),
  someStruct: { a: [null, 1.5, { b: "c" }] },
  someValue: { kind: { case: "nullValue", value: NullValue.NULL_VALUE } },
  someMask: { paths: ["plain_text", "colour"] },
  strictPart: { strictName: "" },
});

try {
  show(await client.take(request, options));
} catch (cause) {
  const error = ConnectError.from(cause);
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  process.exitCode = 1;
} finally {
  session.abort();
}
