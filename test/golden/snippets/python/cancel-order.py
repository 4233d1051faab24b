import sys
from pathlib import Path

import grpc
from google.protobuf import json_format

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
        request = trader_pb2.CancelOrderRequest(
            order_nonce=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
        )
        show(stub.CancelOrder(request, metadata=metadata, timeout=DEADLINE))


def show(reply):
    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))


try:
    main()
except grpc.RpcError as error:
    sys.exit(f"{error.code().name}: {error.details()}")
