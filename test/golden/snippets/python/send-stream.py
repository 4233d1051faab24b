import sys
from pathlib import Path

import grpc
from google.protobuf import json_format

from auctioneerrpc import hashmail_pb2
from auctioneerrpc import hashmail_pb2_grpc

ADDRESS = "localhost:12011"
TLS_CERT = Path.home() / ".pool/regtest/tls.cert"


def send(messages):
    for message in messages:
        yield message
    # The sending ends (half-close) when this returns.


def main():
    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())
    with grpc.secure_channel(ADDRESS, credentials) as channel:
        stub = hashmail_pb2_grpc.HashMailStub(channel)
        messages = [
            hashmail_pb2.CipherBox(
                desc=hashmail_pb2.CipherBoxDesc(
                    stream_id=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                ),
                msg=bytes.fromhex("00ff"),
            ),
            hashmail_pb2.CipherBox(
                desc=hashmail_pb2.CipherBoxDesc(
                    stream_id=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                ),
            ),
            hashmail_pb2.CipherBox(),
        ]
        show(stub.SendStream(send(messages)))


def show(reply):
    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))


try:
    main()
except grpc.RpcError as error:
    sys.exit(f"{error.code().name}: {error.details()}")
