import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { Colour, Everything, ThingSchema } from "./gen/everything_pb.js";
import { NullValue } from "@bufbuild/protobuf/wkt";

// The page's own server passes on what is below this path: see vite.config.js.
const transport = createGrpcWebTransport({ baseUrl: new URL("/rpc", location.href).href });
const client = createClient(Everything, transport);
const options = {};

const button = document.createElement("button");
button.textContent = "Take";
const output = document.createElement("pre");
document.body.append(button, output);

function fromHex(text: string) {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function show(reply: MessageShape<typeof ThingSchema>) {
  output.append(toJsonString(ThingSchema, reply, { prettySpaces: 2 }), "\n");
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
  plainBytes: fromHex("fbff00"),
  colour: Colour.RED,
  innerThing: { innerThing: { innerThing: {} } },
  thingList: [{}, { plainText: "it's" }],
  numberList: [0n, -1n],
  bytesList: [new Uint8Array(), fromHex("00")],
  colourList: [Colour.NONE, 77],
  thingMap: { "": {}, "a'b\"": { plainNumber: 1n }, ["__proto__"]: {} },
  textMap: { "-7": "x" },
  flagMap: { true: 18446744073709551615n },
  eitherWay: { case: "thirdWay", value: Colour.NONE },
  groupedPart: { groupNumber: 4294967295 },
  someTime: { seconds: 1767323045n, nanos: 6000000 },
  someSpan: { seconds: -1n, nanos: -500000000 },
  wrappedNumber: 5n,
  wrappedBytes: fromHex("00"),
  someStruct: { a: [null, 1.5, { b: "c" }] },
  someValue: { kind: { case: "nullValue", value: NullValue.NULL_VALUE } },
  someMask: { paths: ["plain_text", "colour"] },
  strictPart: { strictName: "" },
});

// Sent when the button is pressed: a page that sends as it loads sends again whenever it is loaded anew.
button.onclick = async () => {
  button.disabled = true;
  try {
    show(await client.take(request, options));
  } catch (cause) {
    const error = ConnectError.from(cause);
    output.append(`${Code[error.code]}: ${error.rawMessage}\n`);
  } finally {
    button.disabled = false;
  }
};
