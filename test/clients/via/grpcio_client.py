"""Makes calls with grpcio and the stubs of grpcio-tools. A call a line on stdin as JSON, its answer a line on stdout."""

import base64
import importlib
import json
import sys

import grpc
from google.protobuf import json_format

MODULES = {
    "poolrpc.Trader": "poolrpc.trader",
    "poolrpc.ChannelAuctioneer": "auctioneerrpc.auctioneer",
    "poolrpc.HashMail": "auctioneerrpc.hashmail",
    "sandbox.v1.Control": "sandbox.v1.control",
}


def main():
    start = json.loads(sys.stdin.readline())
    with open(start["certificate"], "rb") as file:
        credentials = grpc.ssl_channel_credentials(file.read())
    channels = {}
    for line in sys.stdin:
        call = json.loads(line)
        port = call["port"]
        if port not in channels:
            channels[port] = grpc.secure_channel(f"localhost:{port}", credentials)
        print(json.dumps(make(channels[port], call)), flush=True)


def make(channel, call):
    service, method = call["method"].rsplit(".", 1)
    module = MODULES[service]
    messages = importlib.import_module(module + "_pb2")
    stubs = importlib.import_module(module + "_pb2_grpc")
    stub = getattr(stubs, service.rsplit(".", 1)[1] + "Stub")(channel)
    descriptor = messages.DESCRIPTOR.services_by_name[service.rsplit(".", 1)[1]].methods_by_name[method]
    requests = [parse(descriptor.input_type, each) for each in call["requests"]]
    many_in, many_out = descriptor.client_streaming, descriptor.server_streaming
    options = {"metadata": call["metadata"], "timeout": call["seconds"]}
    replies = []
    try:
        running = getattr(stub, method)(iter(requests) if many_in else requests[0], **options)
        for reply in running if many_out else [running]:
            replies.append(base64.b64encode(reply.SerializeToString()).decode())
            if many_out and len(replies) == call["take"]:
                running.cancel()
                break
        return {"code": 0, "message": "", "replies": replies}
    except grpc.RpcError as error:
        return {"code": error.code().value[0], "message": error.details(), "replies": replies}


def parse(descriptor, request):
    from google.protobuf import message_factory

    return json_format.ParseDict(request, message_factory.GetMessageClass(descriptor)())


if __name__ == "__main__":
    main()
