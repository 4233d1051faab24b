import sys
from pathlib import Path

import grpc
from google.protobuf import json_format
from google.protobuf import duration_pb2
from google.protobuf import field_mask_pb2
from google.protobuf import struct_pb2
from google.protobuf import timestamp_pb2
from google.protobuf import wrappers_pb2

import everything_pb2
import everything_pb2_grpc

ADDRESS = "[::1]:9000"
TLS_CERT = Path("/etc/it's here/$HOME/tls.cert")
MACAROON = Path.home() / "my files/`x`.macaroon"


def main():
    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())
    metadata = [("macaroon", MACAROON.read_bytes().hex())]
    with grpc.secure_channel(ADDRESS, credentials) as channel:
        stub = everything_pb2_grpc.EverythingStub(channel)
        request = everything_pb2.Thing(
            tracked_number=0,
            plain_number=9007199254740993,
            signed_number=-9223372036854775808,
            real_number=float("-inf"),
            plain_flag=True,
            tracked_flag=False,
            plain_text="| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\x85\xa0\ufeff\u200b\u202e|\x01\x1b[31m\x7f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\x00|a\x00b|1\x002",
            tracked_text="",
            plain_bytes=bytes.fromhex("fbff00"),
            colour=everything_pb2.COLOUR_RED,
            inner_thing=everything_pb2.Thing(
                inner_thing=everything_pb2.Thing(inner_thing=everything_pb2.Thing()),
            ),
            thing_list=[everything_pb2.Thing(), everything_pb2.Thing(plain_text="it's")],
            number_list=[0, -1],
            bytes_list=[b"", bytes.fromhex("00")],
            colour_list=[everything_pb2.COLOUR_NONE, 77],
            thing_map={
                "": everything_pb2.Thing(),
                "a'b\"": everything_pb2.Thing(plain_number=1),
                "__proto__": everything_pb2.Thing(),
            },
            text_map={-7: "x"},
            flag_map={True: 18446744073709551615},
            third_way=everything_pb2.COLOUR_NONE,
            grouped_part=everything_pb2.Thing.Group(group_number=4294967295),
            some_time=timestamp_pb2.Timestamp(seconds=1767323045, nanos=6000000),
            some_span=duration_pb2.Duration(seconds=-1, nanos=-500000000),
            wrapped_number=wrappers_pb2.UInt64Value(value=5),
            wrapped_bytes=wrappers_pb2.BytesValue(value=bytes.fromhex("00")),
            some_struct=struct_pb2.Struct(
                fields={
                    "a": struct_pb2.Value(
                        list_value=struct_pb2.ListValue(
                            values=[
                                struct_pb2.Value(null_value=struct_pb2.NULL_VALUE),
                                struct_pb2.Value(number_value=1.5),
                                struct_pb2.Value(
                                    struct_value=struct_pb2.Struct(fields={"b": struct_pb2.Value(string_value="c")}),
                                ),
                            ],
                        ),
                    ),
                },
            ),
            some_value=struct_pb2.Value(null_value=struct_pb2.NULL_VALUE),
            some_mask=field_mask_pb2.FieldMask(paths=["plain_text", "colour"]),
            strict_part=everything_pb2.Strict(strict_name=""),
        )
        show(stub.Take(request, metadata=metadata))


def show(reply):
    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))


try:
    main()
except grpc.RpcError as error:
    sys.exit(f"{error.code().name}: {error.details()}")
