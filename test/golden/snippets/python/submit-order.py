import sys
from pathlib import Path

import grpc
from google.protobuf import json_format

from auctioneerrpc import auctioneer_pb2
from poolrpc import trader_pb2
from poolrpc import trader_pb2_grpc

ADDRESS = "localhost:12010"
TLS_CERT = Path.home() / ".pool/regtest/tls.cert"
MACAROON = Path.home() / ".pool/regtest/pool.macaroon"
DEADLINE = 30  # seconds


def main():
    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())
    metadata = [("macaroon", MACAROON.read_bytes().hex())]
    with grpc.secure_channel(ADDRESS, credentials) as channel:
        stub = trader_pb2_grpc.TraderStub(channel)
        request = trader_pb2.SubmitOrderRequest(
            bid=trader_pb2.Bid(
                details=trader_pb2.Order(
                    trader_key=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                    rate_fixed=4960,
                    amt=18446744073709551615,
                    max_batch_fee_rate_sat_per_kw=12500,
                    min_units_match=1,
                    channel_type=auctioneer_pb2.ORDER_CHANNEL_TYPE_PEER_DEPENDENT,
                    allowed_node_ids=[bytes.fromhex("0001"), bytes.fromhex("fbff")],
                ),
                lease_duration_blocks=2016,
                version=7,
            ),
            initiator="| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\x85\xa0\ufeff\u200b\u202e|\x01\x1b[31m\x7f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\x00|a\x00b|1\x002",
        )
        show(stub.SubmitOrder(request, metadata=metadata, timeout=DEADLINE))


def show(reply):
    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))


try:
    main()
except grpc.RpcError as error:
    sys.exit(f"{error.code().name}: {error.details()}")
