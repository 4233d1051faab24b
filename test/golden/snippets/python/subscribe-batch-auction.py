import sys
from pathlib import Path

import grpc
from google.protobuf import json_format

from auctioneerrpc import auctioneer_pb2
from auctioneerrpc import auctioneer_pb2_grpc

ADDRESS = "localhost:12011"
TLS_CERT = Path.home() / ".pool/regtest/tls.cert"


def send(messages):
    for message in messages:
        yield message
    # The sending ends (half-close) when this returns.


def main():
    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())
    with grpc.secure_channel(ADDRESS, credentials) as channel:
        stub = auctioneer_pb2_grpc.ChannelAuctioneerStub(channel)
        messages = [
            auctioneer_pb2.ClientAuctionMessage(
                commit=auctioneer_pb2.AccountCommitment(
                    commit_hash=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                    batch_version=10,
                ),
            ),
            auctioneer_pb2.ClientAuctionMessage(
                subscribe=auctioneer_pb2.AccountSubscription(
                    trader_key=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                    commit_nonce=bytes.fromhex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
                    auth_sig=bytes.fromhex("00ff"),
                ),
            ),
        ]
        for reply in stub.SubscribeBatchAuction(send(messages)):
            show(reply)


def show(reply):
    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))


try:
    main()
except grpc.RpcError as error:
    sys.exit(f"{error.code().name}: {error.details()}")
