"""Plays one scenario against the echo host, or against the real system, with python3-grpcio and prints what it met as one line of JSON.

Usage: client.py HOST:PORT DESCRIPTOR_SET SCENARIO [ARGUMENT]

The messages come from the descriptor set, so nothing has to be generated and any protobuf from 3.21 on will do.
"""

import json
import os
import sys
import time

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

ADDRESS, DESCRIPTOR_SET, SCENARIO = sys.argv[1:4]
ARGUMENT = sys.argv[4] if len(sys.argv) > 4 else None
POOL = descriptor_pool.DescriptorPool()
with open(DESCRIPTOR_SET, "rb") as descriptor_set:
    for file in descriptor_pb2.FileDescriptorSet.FromString(descriptor_set.read()).file:
        POOL.Add(file)
if hasattr(message_factory, "GetMessageClass"):
    message_class = message_factory.GetMessageClass
else:
    message_class = message_factory.MessageFactory(POOL).GetPrototype



class AsOneself(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor, grpc.StreamStreamClientInterceptor):
    """Says with every call who calls, what for and on which ground."""

    def intercept_unary_unary(self, continuation, details, request):
        mine = [("authorization", "Bearer " + TOKEN), ("x-doelbinding", os.environ["SAMENHANG_PURPOSE"]), ("x-grondslag", os.environ["SAMENHANG_GROUND"])]
        return continuation(details._replace(metadata=[*(details.metadata or ()), *mine]), request)

    intercept_unary_stream = intercept_unary_unary
    intercept_stream_stream = intercept_unary_unary


TOKEN = os.environ.get("SAMENHANG_TOKEN")
CHANNEL = grpc.insecure_channel(ADDRESS)
if TOKEN:
    CHANNEL = grpc.intercept_channel(CHANNEL, AsOneself())
ECHO = "samenhang.testing.echo.v1.EchoService"
CASEMANAGER = "samenhang.casemanager.v1.CasemanagerService"


def message(name):
    return message_class(POOL.FindMessageTypeByName(name))


def method(service, name):
    """The callable of a method, and the class of its request."""
    described = POOL.FindServiceByName(service).FindMethodByName(name)
    proto = descriptor_pb2.MethodDescriptorProto()
    described.CopyToProto(proto)
    kind = ("stream" if proto.client_streaming else "unary") + "_" + ("stream" if proto.server_streaming else "unary")
    request, response = message_class(described.input_type), message_class(described.output_type)
    call = getattr(CHANNEL, kind)(f"/{service}/{name}", request.SerializeToString, response.FromString)
    return call, request


def unary(service_name, method_name, /, metadata=(), timeout=20, **fields):
    """The response (or None), the code and the call or error."""
    call, request = method(service_name, method_name)
    try:
        response, done = call.with_call(request(**fields), timeout=timeout, metadata=metadata)
        return response, 0, done
    except grpc.RpcError as error:
        return None, error.code().value[0], error


def read(stream, on_message=lambda _: None):
    messages = []
    try:
        for received in stream:
            messages.append(received)
            on_message(received)
    except grpc.RpcError:
        pass  # the code of the stream tells it as well
    return messages, stream.code().value[0]


def say(text):
    return unary(ECHO, "Say", text=text)


def unary_call():
    response, code, _ = say("goedemorgen")
    return {"code": code, "text": response.text}


def server_streaming():
    call, request = method(ECHO, "Count")
    messages, code = read(call(request(up_to=100), timeout=20))
    return {"code": code, "numbers": [counted.number for counted in messages]}


def client_streaming():
    call, request = method(ECHO, "Collect")
    response, done = call.with_call((request(text=text) for text in ("een", "twee", "drie")), timeout=20)
    return {"code": done.code().value[0], "joined": response.joined}


def duplex():
    import queue

    call, request = method(ECHO, "Converse")
    turns = queue.Queue()
    turns.put(request(text="beurt 1"))
    count = 1

    def next_turn(_):
        nonlocal count
        count += 1
        turns.put(request(text=f"beurt {count}") if count <= 3 else None)

    messages, code = read(call(iter(turns.get, None), timeout=20), next_turn)
    return {"code": code, "texts": [answered.text for answered in messages]}


def deadline():
    say("warm")  # a call whose deadline passes on the way never reaches the method
    call, request = method(ECHO, "Wait")
    _, code = read(call(request(name="python-deadline"), timeout=2))
    _, noticed, _ = unary(ECHO, "Abandoned", name="python-deadline")
    return {"code": code, "server_noticed": noticed == 0}


def cancellation():
    call, request = method(ECHO, "Wait")
    stream = call(request(name="python-cancelled"), timeout=20)
    _, code = read(stream, lambda _: stream.cancel())
    _, noticed, _ = unary(ECHO, "Abandoned", name="python-cancelled")
    return {"code": code, "server_noticed": noticed == 0}


def error_details():
    _, code, error = unary(ECHO, "Fail", kind="FAILURE_KIND_INVALID", violations=5)
    trailer = dict(error.trailing_metadata())["grpc-status-details-bin"]
    status = message("google.rpc.Status").FromString(trailer)

    def details(name):
        return [message(name).FromString(any.value) for any in status.details if any.type_url.endswith("/" + name)]

    violations = details("google.rpc.BadRequest")[0].field_violations
    return {
        "code": code,
        "message": error.details(),
        "status_code": status.code,
        "fields": [violation.field for violation in violations],
        "description": violations[0].description,
        "domain": details("google.rpc.ErrorInfo")[0].domain,
        "texts": {text.locale: text.message for text in details("google.rpc.LocalizedMessage")},
    }


def bug():
    _, code, error = unary(ECHO, "Fail", kind="FAILURE_KIND_BUG")
    return {"code": code, "message": error.details()}


def metadata():
    _, code, done = unary(ECHO, "Say", metadata=(("x-echo", "goedemorgen"), ("x-echo-bin", bytes([0, 1, 254, 255]))), text="x")
    headers, trailers = dict(done.initial_metadata()), dict(done.trailing_metadata())
    return {
        "code": code,
        "header": headers["x-echo"],
        "trailer": trailers["x-echo-trailer"],
        "bytes": list(trailers["x-echo-trailer-bin"]),
    }


def too_large():
    _, code, _ = say("a" * 5_000_000)
    return {"code": code, "code_after": say("x")[1]}


def nonsense():
    call = CHANNEL.unary_unary(f"/{ECHO}/Say")
    try:
        call(b"\xff" * 1_000, timeout=20)
        code = 0
    except grpc.RpcError as error:
        code = error.code().value[0]
    return {"code": code, "code_after": say("x")[1]}


def health():
    service = "grpc.health.v1.Health"
    names = POOL.FindEnumTypeByName("grpc.health.v1.HealthCheckResponse.ServingStatus").values_by_number

    def check(name):
        return names[unary(service, "Check", service=name)[0].status].name

    def watch(name):
        call, request = method(service, "Watch")
        stream = call(request(service=name), timeout=20)
        messages, _ = read(stream, lambda _: stream.cancel())
        return names[messages[0].status].name

    return {
        "whole": check(""),
        "echo": check(ECHO),
        "unknown_code": unary(service, "Check", service="no.such.Service")[1],
        "watch_whole": watch(""),
        "watch_unknown": watch("no.such.Service"),
    }


def reflection():
    def ask(version):
        call, request = method(f"grpc.reflection.{version}.ServerReflection", "ServerReflectionInfo")
        asked = [request(list_services=""), request(file_containing_symbol=ECHO), request(file_by_filename="no/such.proto")]
        messages, code = read(call(iter(asked), timeout=20))
        return {
            "code": code,
            "services": [service.name for service in messages[0].list_services_response.service],
            "files": len(messages[1].file_descriptor_response.file_descriptor_proto),
            "error_code": messages[2].error_response.error_code,
        }

    return {"v1": ask("v1"), "v1alpha": ask("v1alpha")}


def open_case():
    """The real system: ARGUMENT is a file with an OpenCase request."""
    call, request = method(CASEMANAGER, "OpenCase")
    with open(ARGUMENT, encoding="utf-8") as file:
        asked = json_format.Parse(file.read(), request())
    try:
        return call(asked, timeout=20), 0, None
    except grpc.RpcError as error:
        return None, error.code().value[0], error


def case():
    opened, code, error = open_case()
    if error is not None:
        return {"code": code, "message": error.details()}
    states = POOL.FindEnumTypeByName("samenhang.casemanager.v1.RoundStatus").values_by_number
    outcomes = POOL.FindEnumTypeByName("samenhang.common.v1.Outcome").values_by_number
    last = time.monotonic() + 20
    while True:
        answer = unary(CASEMANAGER, "GetPlan", case_id=opened.case_id)[0]
        state = states[answer.round_status].name
        if state == "ROUND_STATUS_PLANNED" or time.monotonic() > last:
            break
        time.sleep(0.05)
    watch, request = method(CASEMANAGER, "WatchCase")
    stream = watch(request(case_id=opened.case_id, after_plan_version=0), timeout=20)
    messages, _ = read(stream, lambda _: stream.cancel())
    return {
        "code": code,
        "round_status": state,
        "plan_version": answer.plan.version,
        "wage": next((outcomes[row.outcome].name for row in answer.plan.coverage if (row.need_id, row.scheme) == ("n3", "employer-wage")), None),
        "watched_version": messages[0].plan.version if messages else None,
    }


def invalid_case():
    _, code, error = open_case()
    status = message("google.rpc.Status").FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    detail = next(any for any in status.details if any.type_url.endswith("/google.rpc.BadRequest"))
    return {"code": code, "fields": [violation.field for violation in message("google.rpc.BadRequest").FromString(detail.value).field_violations]}


def service():
    """The real system: ARGUMENT is the gRPC service that the address is for."""
    names = POOL.FindEnumTypeByName("grpc.health.v1.HealthCheckResponse.ServingStatus").values_by_number

    def check(name):
        return names[unary("grpc.health.v1.Health", "Check", service=name)[0].status].name

    def listed(version):
        call, request = method(f"grpc.reflection.{version}.ServerReflection", "ServerReflectionInfo")
        messages, _ = read(call(iter([request(list_services="")]), timeout=20))
        return [listed.name for listed in messages[0].list_services_response.service]

    return {"whole": check(""), "own": check(ARGUMENT), "v1": listed("v1"), "v1alpha": listed("v1alpha")}


SCENARIOS = {
    "unary": unary_call,
    "server_streaming": server_streaming,
    "client_streaming": client_streaming,
    "duplex": duplex,
    "deadline": deadline,
    "cancellation": cancellation,
    "error_details": error_details,
    "bug": bug,
    "metadata": metadata,
    "too_large": too_large,
    "nonsense": nonsense,
    "health": health,
    "reflection": reflection,
    "case": case,
    "invalid_case": invalid_case,
    "service": service,
}

print(json.dumps(SCENARIOS[SCENARIO]()))
