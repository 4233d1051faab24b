# Every kind of cell
#
# One of each, for tests of what runs notebooks.
#
# It talks to the sandbox at localhost:12010 and localhost:12011.
# It changes something by sandbox.v1.Control.MineBlocks, poolrpc.Trader.NodeRatings,
# poolrpc.HashMail.SendStream, sandbox.v1.Control.WatchWorld.
# Values to choose: --blocks, --box.
# It was made for the world of the scenario funded.

import argparse
import math
import re
import time
from decimal import Decimal
from pathlib import Path

import grpc
from google.protobuf import json_format

from auctioneerrpc import hashmail_pb2
from auctioneerrpc import hashmail_pb2_grpc
from poolrpc import trader_pb2
from poolrpc import trader_pb2_grpc
from sandbox.v1 import control_pb2
from sandbox.v1 import control_pb2_grpc


def stop(why):
    """Ends the program with a failure."""
    raise SystemExit(why)


def connect(address, tls_cert, macaroon):
    """A channel that trusts the daemon's own certificate, and sends the macaroon with every call."""
    credentials = grpc.ssl_channel_credentials(tls_cert.read_bytes())
    if macaroon is not None:
        sent = [("macaroon", macaroon.read_bytes().hex())]
        attach = grpc.metadata_call_credentials(lambda context, done: done(sent, None))
        credentials = grpc.composite_channel_credentials(credentials, attach)
    return grpc.secure_channel(address, credentials)


def call(method, request, timeout=30):
    """The reply of a call."""
    try:
        return method(request, timeout=timeout)
    except grpc.RpcError as error:
        stop(f"{error.code().name}: {error.details()}")


def collect(method, request, take, timeout=30):
    """The messages of a stream, which is cancelled after so many."""
    replies = method(request, timeout=timeout)
    messages = []
    try:
        for reply in replies:
            messages.append(reply)
            if len(messages) == take:
                replies.cancel()
                break
    except grpc.RpcError as error:
        stop(f"{error.code().name}: {error.details()}")
    return messages


def refusal(code, method, request, timeout=30):
    """How a call fails that is to fail with this code."""
    try:
        method(request, timeout=timeout)
    except grpc.RpcError as error:
        if error.code().name != code:
            stop(f"It was to fail with {code}, and gave {error.code().name}: {error.details()}")
        return {"code": error.code().value[0], "name": code, "message": error.details()}
    stop(f"It was to fail with {code}, and it did not fail.")


def wait(method, request, holds, patience, every, timeout=30):
    """Asks until the condition holds over the reply, and gives that reply. Times are seconds."""
    give_up = time.monotonic() + patience
    while True:
        reply = call(method, request, timeout)
        if holds(reply):
            return reply
        if time.monotonic() + every > give_up:
            stop(f"It did not become true within {patience} s.")
        time.sleep(every)


def check(say, holds):
    """Ends the program where something is not so."""
    if not holds:
        stop(f"Not so: {say}")
    print(f"Held: {say}")


def whole_input(label, typed, least, most):
    """A whole number that somebody gave."""
    if not re.fullmatch(r"-?[0-9]{1,19}", typed.strip()):
        stop(f"{label}: write a whole number")
    value = int(typed)
    if not least <= value <= most:
        stop(f"{label}: from {least} to {most}")
    return value


def bytes_input(label, typed):
    """Bytes that somebody gave as hex."""
    if not re.fullmatch(r"([0-9a-fA-F]{2})*", typed.strip()):
        stop(f"{label}: write bytes as hex, two digits from 0 to f for each")
    return bytes.fromhex(typed.strip())


def text(value):
    """A value in words: bytes as hex, floats as short as they can be written."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        if value != 0 and not 1e-6 <= abs(value) < 1e21:
            digits, exponent = repr(value).split("e")
            return f"{digits}e{int(exponent):+d}"
        return format(Decimal(repr(abs(value) if value == 0 else value)), "f").removesuffix(".0")
    if isinstance(value, (int, str)):
        return str(value)
    if hasattr(value, "DESCRIPTOR"):
        return json_format.MessageToJson(value, preserving_proto_field_name=True, indent=None)
    if hasattr(value, "keys"):
        return ", ".join(f"{text(key)}: {text(value[key])}" for key in sorted(value))
    return ", ".join(text(each) for each in value)


def table(headings, rows):
    """Prints rows under their headings."""
    lines = [headings, *([text(value) for value in row] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(headings))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


options = argparse.ArgumentParser(description="Every kind of cell")
options.add_argument("--blocks", default="3", help="How many blocks (blocks)")
options.add_argument("--box", default="706f6f6c2d706c617967726f756e642f64656d6f2d6d61696c626f782f3031a55f0c3e9d71b2486ad4835c19e7f02b6d8847ca30915e6fb214d97a03c8e56d21", help="Which mailbox")
options.add_argument("--from-scenario", action="store_true", help="begin the world anew with the scenario funded: what is there is lost")
arguments = options.parse_args()

CONTROL_ADDRESS = "localhost:12010"
CONTROL_TLS_CERT = Path.home() / ".pool/regtest/tls.cert"
CONTROL_MACAROON = Path.home() / ".pool/regtest/pool.macaroon"
control_stub = control_pb2_grpc.ControlStub(connect(CONTROL_ADDRESS, CONTROL_TLS_CERT, CONTROL_MACAROON))
trader_stub = trader_pb2_grpc.TraderStub(connect(CONTROL_ADDRESS, CONTROL_TLS_CERT, CONTROL_MACAROON))
HASH_MAIL_ADDRESS = "localhost:12011"
HASH_MAIL_TLS_CERT = Path.home() / ".pool/regtest/tls.cert"
HASH_MAIL_MACAROON = None
hash_mail_stub = hashmail_pb2_grpc.HashMailStub(connect(HASH_MAIL_ADDRESS, HASH_MAIL_TLS_CERT, HASH_MAIL_MACAROON))

if arguments.from_scenario:
    call(control_stub.LoadScenario, control_pb2.LoadScenarioRequest(name="funded", seed=3))

# What this one calls is GetInfo, *streams* in `both` directions, and a place here:
#
# 1. one
# 2. two

blocks = whole_input("How many blocks", arguments.blocks, 1, 10)

print("sandbox.v1.Control.MineBlocks")
mined = call(control_stub.MineBlocks, control_pb2.MineBlocksRequest(num_blocks=blocks))

sum_ = mined.block_height + blocks
print("sum:", text(sum_))

print("poolrpc.Trader.ListAccounts")
listed = wait(
    trader_stub.ListAccounts,
    trader_pb2.ListAccountsRequest(),
    lambda listed: len(listed.accounts) > 1,
    patience=5,
    every=0.05,
)

check("Some account holds something", any(a.value > 0 for a in listed.accounts))

table(["Key", "Value"], [[row.trader_key.hex(), row.value] for row in listed.accounts])

print("Values")
table(["block height", "sat"], [[row.expiration_height, row.value] for row in listed.accounts])

print("poolrpc.Trader.NodeRatings")
refused = refusal("UNKNOWN", trader_stub.NodeRatings, trader_pb2.NodeRatingRequest())

box = bytes_input("Which mailbox", arguments.box)

print("poolrpc.HashMail.SendStream")
sent = call(
    hash_mail_stub.SendStream,
    iter([hashmail_pb2.CipherBox(
        desc=hashmail_pb2.CipherBoxDesc(stream_id=box),
        msg=bytes.fromhex("6f6e65"),
    ), hashmail_pb2.CipherBox(
        desc=hashmail_pb2.CipherBoxDesc(stream_id=box),
        msg=bytes.fromhex("74776f"),
    )]),
)

print("sandbox.v1.Control.WatchWorld")
world = collect(control_stub.WatchWorld, control_pb2.WatchWorldRequest(), take=1)

print("poolrpc.Trader.GetLsatTokens")
tokens = call(trader_stub.GetLsatTokens, trader_pb2.TokensRequest())

opens = tokens.tokens[0].base_macaroon.hex()
