"""A simulator of the providers that messages go through, for tests over loopback.

    provider.py NAME [OPTION...]      for example: provider.py notify --key KEY

Prints "NAME at http://127.0.0.1:PORT" and then serves until whoever started it ends. Each provider is a module of its own here, NAME.py, written from
the provider's documentation and not from Tocsin's client. It has a class Provider with

    options(parser)                         its own options, a static method
    __init__(options)
    answer(method, target, headers, body)   an Answer; called by one thread at a time
    control(order)                          what a test does to it: a JSON object in, one out

What a network does is here, for all providers alike. A test orders it with POST /control:

    {"faults": [{"kind": KIND, "path": PATH, "times": N, ...}, ...]}

The first fault whose path begins the request's and whose times are not used up is applied:

    status     answers with "status" and "body", without asking the provider
    reset      closes the connection before the provider has seen anything
    lost       the provider takes it, and then the connection is closed without an answer
    slow       waits "seconds" before the provider sees it
    hang       the provider takes it, and no answer comes until the program ends
    cut        sends half of the answer and closes the connection
    garbage    answers 200 with "body", whatever it is

Any other member of the object goes to the provider's control().
"""

import argparse
import ctypes
import importlib
import json
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer:
    def __init__(self, status, value, headers=None):
        self.status = status
        self.body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.headers = {"Content-Type": "application/json", **(headers or {})}


class Stream(Answer):
    """An answer without an end: get() gives its next bytes, or b"" at its end."""

    def __init__(self, get, headers):
        super().__init__(200, b"", headers)
        self.get = get


class Faults:
    def __init__(self):
        self.ordered = []

    def add(self, faults):
        self.ordered += [{"times": 1, "path": "/", **fault} for fault in faults]

    def take(self, path):
        for fault in self.ordered:
            if fault["times"] > 0 and path.startswith(fault["path"]):
                fault["times"] -= 1
                return fault
        return {"kind": "none"}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, provider):
        super().__init__(("127.0.0.1", 0), Handler)
        self.provider = provider
        self.faults = Faults()
        self.one_at_a_time = threading.Lock()
        self.never = threading.Event()

    def handle_error(self, request, client_address):
        pass  # a client that went away is nothing to report


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def do_PUT(self):
        self.serve("PUT")

    def serve(self, method):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/control":
            return self.say(self.ordered(json.loads(body)))
        with self.server.one_at_a_time:
            fault = self.server.faults.take(self.path)
        getattr(self, "with_" + fault["kind"])(fault, method, body)

    def ordered(self, order):
        with self.server.one_at_a_time:
            self.server.faults.add(order.pop("faults", []))
            return Answer(200, self.server.provider.control(order) or {})

    def ask(self, method, body):
        with self.server.one_at_a_time:
            return self.server.provider.answer(method, self.path, self.headers, body)

    def stream(self, answer):
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while piece := answer.get():
            self.wfile.write(piece)
            self.wfile.flush()

    def say(self, answer, most=None):
        if isinstance(answer, Stream):
            return self.stream(answer)
        self.send_response_only(answer.status)  # with the headers below, and no others
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[:most])

    def hang_up(self):
        self.close_connection = True
        self.wfile.flush()
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def with_none(self, _, method, body):
        self.say(self.ask(method, body))

    def with_status(self, fault, *_):
        self.say(Answer(fault["status"], fault.get("body", {}), fault.get("headers")))

    def with_garbage(self, fault, *_):
        self.say(Answer(200, fault.get("body", "").encode()))

    def with_reset(self, *_):
        self.hang_up()

    def with_lost(self, _, method, body):
        self.ask(method, body)
        self.hang_up()

    def with_hang(self, _, method, body):
        self.ask(method, body)
        self.server.never.wait()

    def with_slow(self, fault, method, body):
        self.server.never.wait(fault["seconds"])
        self.say(self.ask(method, body))

    def with_cut(self, _, method, body):
        answer = self.ask(method, body)
        self.say(answer, len(answer.body) // 2)
        self.hang_up()


def end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main():
    end_with_parent()
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    name = parser.parse_known_args()[0].name
    module = importlib.import_module(name)
    module.Provider.options(parser)
    server = Server(module.Provider(parser.parse_args()))
    print(f"{name} at http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.modules["provider"] = sys.modules["__main__"]  # for "from provider import Answer"
    main()
