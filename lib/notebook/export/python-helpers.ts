/** Functions that a program of Python may need, each with the modules that it imports and the helpers that it calls. */
export const PYTHON_HELPERS = {
  stop: {
    imports: [],
    needs: [],
    code: `
def stop(why):
    """Ends the program with a failure."""
    raise SystemExit(why)`,
  },
  connect: {
    imports: ["import grpc"],
    needs: [],
    code: `
def connect(address, tls_cert, macaroon):
    """A channel that trusts the daemon's own certificate, and sends the macaroon with every call."""
    credentials = grpc.ssl_channel_credentials(tls_cert.read_bytes())
    if macaroon is not None:
        sent = [("macaroon", macaroon.read_bytes().hex())]
        attach = grpc.metadata_call_credentials(lambda context, done: done(sent, None))
        credentials = grpc.composite_channel_credentials(credentials, attach)
    return grpc.secure_channel(address, credentials)`,
  },
  call: {
    imports: ["import grpc"],
    needs: ["stop"],
    code: `
def call(method, request, timeout=30):
    """The reply of a call."""
    try:
        return method(request, timeout=timeout)
    except grpc.RpcError as error:
        stop(f"{error.code().name}: {error.details()}")`,
  },
  collect: {
    imports: ["import grpc"],
    needs: ["stop"],
    code: `
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
    return messages`,
  },
  converse: {
    imports: ["import threading"],
    needs: ["collect"],
    code: `
def converse(method, messages, take, timeout=30):
    """The replies of a conversation, in which the sending does not end before so many have come."""
    done = threading.Event()

    def sent():
        yield from messages
        done.wait()

    try:
        return collect(method, sent(), take, timeout)
    finally:
        done.set()`,
  },
  refusal: {
    imports: ["import grpc"],
    needs: ["stop"],
    code: `
def refusal(code, method, request, timeout=30):
    """How a call fails that is to fail with this code."""
    try:
        method(request, timeout=timeout)
    except grpc.RpcError as error:
        if error.code().name != code:
            stop(f"It was to fail with {code}, and gave {error.code().name}: {error.details()}")
        return {"code": error.code().value[0], "name": code, "message": error.details()}
    stop(f"It was to fail with {code}, and it did not fail.")`,
  },
  wait: {
    imports: ["import time"],
    needs: ["call", "stop"],
    code: `
def wait(method, request, holds, patience, every, timeout=30):
    """Asks until the condition holds over the reply, and gives that reply. Times are seconds."""
    give_up = time.monotonic() + patience
    while True:
        reply = call(method, request, timeout)
        if holds(reply):
            return reply
        if time.monotonic() + every > give_up:
            stop(f"It did not become true within {patience} s.")
        time.sleep(every)`,
  },
  check: {
    imports: [],
    needs: ["stop"],
    code: `
def check(say, holds):
    """Ends the program where something is not so."""
    if not holds:
        stop(f"Not so: {say}")
    print(f"Held: {say}")`,
  },
  whole_input: {
    imports: ["import re"],
    needs: ["stop"],
    code: `
def whole_input(label, typed, least, most):
    """A whole number that somebody gave."""
    if not re.fullmatch(r"-?[0-9]{1,19}", typed.strip()):
        stop(f"{label}: write a whole number")
    value = int(typed)
    if not least <= value <= most:
        stop(f"{label}: from {least} to {most}")
    return value`,
  },
  bytes_input: {
    imports: ["import re"],
    needs: ["stop"],
    code: `
def bytes_input(label, typed):
    """Bytes that somebody gave as hex."""
    if not re.fullmatch(r"([0-9a-fA-F]{2})*", typed.strip()):
        stop(f"{label}: write bytes as hex, two digits from 0 to f for each")
    return bytes.fromhex(typed.strip())`,
  },
  choice_input: {
    imports: [],
    needs: ["stop"],
    code: `
def choice_input(label, typed, choices):
    """One of several."""
    if typed not in choices:
        stop(f"{label}: choose one of {', '.join(choices)}")
    return typed`,
  },
  int64: {
    imports: [],
    needs: [],
    code: `
def int64(value):
    """The value, which has to fit into a signed integer of 64 bits."""
    if not -(2**63) <= value < 2**63:
        raise OverflowError(f"{value} is no signed integer of 64 bits")
    return value`,
  },
  uint64: {
    imports: [],
    needs: [],
    code: `
def uint64(value):
    """The value, which has to fit into an unsigned integer of 64 bits."""
    if not 0 <= value < 2**64:
        raise OverflowError(f"{value} is no unsigned integer of 64 bits")
    return value`,
  },
  unsigned_of: {
    imports: ["import math"],
    needs: ["uint64"],
    code: `
def unsigned_of(value):
    """The whole part of a number that is not below zero."""
    if value < 0:
        raise OverflowError(f"{value} is no unsigned integer of 64 bits")
    return uint64(math.trunc(value))`,
  },
  whole: {
    imports: ["import re"],
    needs: [],
    code: `
def whole(text):
    """The integer that a text writes out."""
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError(f"{text!r} is no whole number")
    return int(text)`,
  },
  real: {
    imports: ["import re"],
    needs: [],
    code: `
def real(text):
    """The number that a text writes out."""
    if not re.fullmatch(r"[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?", text):
        raise ValueError(f"{text!r} is no number")
    return float(text)`,
  },
  quotient: {
    imports: [],
    needs: [],
    code: `
def quotient(dividend, divisor):
    """Of integers, rounded towards zero."""
    found = abs(dividend) // abs(divisor)
    return found if (dividend < 0) == (divisor < 0) else -found`,
  },
  remainder: {
    imports: [],
    needs: [],
    code: `
def remainder(dividend, divisor):
    """Of integers, with the sign of what is divided."""
    found = abs(dividend) % abs(divisor)
    return -found if dividend < 0 else found`,
  },
  ratio: {
    imports: ["import math"],
    needs: [],
    code: `
def ratio(dividend, divisor):
    """Of floats; by zero it is infinite, or nothing at all."""
    if divisor != 0:
        return dividend / divisor
    if dividend == 0 or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)`,
  },
  at: {
    imports: [],
    needs: [],
    code: `
def at(values, key):
    """An entry of a map or an item of a list, which must be there."""
    if hasattr(values, "keys"):
        if key not in values:
            raise KeyError(key)
    elif key < 0:
        raise IndexError(key)
    return values[key]`,
  },
  substring: {
    imports: [],
    needs: [],
    code: `
def substring(text, start, end=None):
    """A part of a text, counted in units of UTF-16."""
    units = text.encode("utf-16-le")
    end = len(units) // 2 if end is None else end
    if not 0 <= start <= end <= len(units) // 2:
        raise IndexError(f"{text!r} has no part from {start} to {end}")
    return units[2 * start : 2 * end].decode("utf-16-le")`,
  },
  lower_ascii: {
    imports: [],
    needs: [],
    code: `
def lower_ascii(text):
    return "".join(each.lower() if each.isascii() else each for each in text)`,
  },
  upper_ascii: {
    imports: [],
    needs: [],
    code: `
def upper_ascii(text):
    return "".join(each.upper() if each.isascii() else each for each in text)`,
  },
  text: {
    imports: ["from decimal import Decimal", "import math", "from google.protobuf import json_format"],
    needs: [],
    code: `
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
    return ", ".join(text(each) for each in value)`,
  },
  table: {
    imports: [],
    needs: ["text"],
    code: `
def table(headings, rows):
    """Prints rows under their headings."""
    lines = [headings, *([text(value) for value in row] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(headings))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())`,
  },
} as const satisfies Readonly<Record<string, PythonHelperSource>>;

interface PythonHelperSource {
  readonly imports: readonly string[];
  readonly needs: readonly string[];
  readonly code: string;
}

export type PythonHelper = keyof typeof PYTHON_HELPERS;

/** Helpers with all that they call, and what these import, in the order in which they can be written. */
export function pythonHelpers(isUsed: (name: PythonHelper) => boolean): {
  readonly imports: readonly string[];
  readonly code: readonly string[];
} {
  const names = Object.keys(PYTHON_HELPERS) as PythonHelper[];
  const wanted = new Set<string>(names.filter(isUsed));
  for (const name of wanted)
    for (const needed of PYTHON_HELPERS[name as PythonHelper].needs) wanted.add(needed);
  const chosen = names.filter((name) => wanted.has(name)).map((name) => PYTHON_HELPERS[name]);
  const imports = new Set<string>(chosen.flatMap((each) => each.imports as readonly string[]));
  return { imports: [...imports], code: chosen.map(({ code }) => code.trim()) };
}
