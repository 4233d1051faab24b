import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const definition = protoLoader.loadSync("everything.proto", {
  includeDirs: ["proto"],
  keepCase: true,
  longs: String,
  enums: String,
  bytes: String,
  defaults: true,
  oneofs: true,
});
const api = grpc.loadPackageDefinition(definition);
const credentials = grpc.credentials.createSsl(readFileSync("/etc/it's here/$HOME/tls.cert"));
const client = new api.everything.v1.Everything("[::1]:9000", credentials);
const metadata = new grpc.Metadata();
metadata.set("macaroon", readFileSync(join(homedir(), "my files/`x`.macaroon")).toString("hex"));
const options = {};

function show(reply) {
  console.log(JSON.stringify(reply, null, 2));
}

function fail(error) {
  console.error(`${grpc.status[error.code]}: ${error.details}`);
  process.exitCode = 1;
}

const request = {
  tracked_number: 0,
  plain_number: "9007199254740993",
  signed_number: "-9223372036854775808",
  real_number: -Infinity,
  plain_flag: true,
  tracked_flag: false,
  plain_text: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u0001\u001b[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
  tracked_text: "",
  plain_bytes: Buffer.from("fbff00", "hex"),
  colour: "COLOUR_RED",
  inner_thing: { inner_thing: { inner_thing: {} } },
  thing_list: [{}, { plain_text: "it's" }],
  number_list: ["0", "-1"],
  bytes_list: [Buffer.alloc(0), Buffer.from("00", "hex")],
  colour_list: ["COLOUR_NONE", 77],
  thing_map: { "": {}, "a'b\"": { plain_number: "1" }, ["__proto__"]: {} },
  text_map: { "-7": "x" },
  flag_map: { true: "18446744073709551615" },
  third_way: "COLOUR_NONE",
  grouped_part: { group_number: 4294967295 },
  some_time: { seconds: "1767323045", nanos: 6000000 },
  some_span: { seconds: "-1", nanos: -500000000 },
  wrapped_number: { value: "5" },
  wrapped_bytes: { value: Buffer.from("00", "hex") },
  some_struct: {
    fields: {
      a: {
        list_value: {
          values: [
            { null_value: "NULL_VALUE" },
            { number_value: 1.5 },
            { struct_value: { fields: { b: { string_value: "c" } } } },
          ],
        },
      },
    },
  },
  some_value: { null_value: "NULL_VALUE" },
  some_mask: { paths: ["plain_text", "colour"] },
  strict_part: { strict_name: "" },
};
client.Take(request, metadata, options, (error, reply) => {
  if (error) fail(error);
  else show(reply);
  client.close();
});
