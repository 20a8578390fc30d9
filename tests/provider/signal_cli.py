"""signal-cli's daemon over HTTP, by its manual (signal-cli-jsonrpc(5)) and its documented forms:
POST /api/v1/rpc with send and sendPollCreate, GET /api/v1/events as server-sent events.

Numbers play parts: ...900002 has no Signal, ...900003 has another safety number, ...900004 is over
the limit for --retry-after seconds, ...900005 cannot be reached. All others are delivered.

Control: {"hear": [{"from": number, "message": words, "quote": time}, ...]}    somebody writes
         {"vote": [{"from": number, "poll": time, "options": [index, ...]}, ...]}
         {"receipts": "delivery" or "read"}      of everything that was sent, once
         {"raw": bytes}                          written into every stream as they are
         {"end": true}                           ends every stream
and it answers {"sent": [{"time", "to", "message" or "question" and "options"}, ...],
"streams": how many are open now, "wrong": [what a request had that it must not have]}.
"""

import json
import queue
import time

from provider import Answer, Stream

KEEP_ALIVE = 15
FAILURES = {"2": "UNREGISTERED_FAILURE", "3": "IDENTITY_FAILURE", "4": "RATE_LIMIT_FAILURE",
            "5": "NETWORK_FAILURE"}


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--account", default="+447700900999")
        parser.add_argument("--several", action="store_true", help="accounts: one must be named")
        parser.add_argument("--retry-after", type=int, default=20)
        parser.add_argument("--without-polls", action="store_true", help="an older version")

    def __init__(self, options):
        self.settings = options
        self.sent = []
        self.streams = []
        self.last = 0
        self.wrong = []

    # What a test does.
    def control(self, order):
        for said in order.get("hear", []):
            message = {"timestamp": self.time(), "message": said["message"],
                       "expiresInSeconds": 0, "viewOnce": False}
            if "quote" in said:
                message["quote"] = {"id": said["quote"], "authorNumber": self.settings.account}
            self.tell(said["from"], {"dataMessage": message})
        for vote in order.get("vote", []):
            self.tell(vote["from"], {"dataMessage": {
                "timestamp": self.time(), "message": None, "pollVote": {
                    "authorNumber": self.settings.account, "authorUuid": "own",
                    "targetSentTimestamp": vote["poll"], "optionIndexes": vote["options"],
                    "voteCount": 1}}})
        if "receipts" in order:
            read = order["receipts"] == "read"
            for one in self.sent:
                self.tell(one["to"], {"receiptMessage": {
                    "when": self.time(), "isDelivery": not read, "isRead": read,
                    "isViewed": False, "timestamps": [one["time"]]}})
        if "raw" in order:
            self.write(order["raw"].encode())
        if order.get("end"):
            self.write(b"")
            self.streams = []
        return {"sent": self.sent, "streams": len(self.streams), "wrong": self.wrong}

    def time(self):
        self.last = max(self.last + 1, int(time.time() * 1000))
        return self.last

    def tell(self, number, what):
        now = self.time()
        envelope = {"source": number, "sourceNumber": number, "sourceUuid": "of " + number,
                    "sourceName": "", "sourceDevice": 1, "timestamp": now,
                    "serverReceivedTimestamp": now, "serverDeliveredTimestamp": now, **what}
        data = json.dumps({"envelope": envelope, "account": self.settings.account})
        self.write(b"event:receive\ndata:" + data.encode() + b"\n\n")

    def write(self, piece):
        for stream in self.streams:
            stream.put(piece)

    # What the daemon does.
    def answer(self, method, target, headers, body):
        path = target.split("?")[0]
        host = (headers.get("Host") or "").split(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            return Answer(421, b"")
        if (method, path) == ("GET", "/api/v1/events"):
            return self.events(target)
        if (method, path) != ("POST", "/api/v1/rpc"):
            return Answer(404, b"")
        if not (headers.get("Content-Type") or "").startswith("application/json"):
            return Answer(415, b"")
        call = json.loads(body)
        return Answer(200, {"jsonrpc": "2.0", "id": call.get("id"), **self.called(call)})

    def events(self, target):
        if self.settings.several and "account=%2B" not in target:
            return Answer(400, b"")
        mine = queue.Queue()
        self.streams.append(mine)

        def get():
            try:
                return mine.get(timeout=KEEP_ALIVE)
            except queue.Empty:
                return b":\n"
        mine.put(b":\n")
        return Stream(get, {"Content-Type": "text/event-stream"})

    def called(self, call):
        params = dict(call.get("params") or {})
        if call.get("jsonrpc") != "2.0" or not isinstance(call.get("id"), str):
            self.wrong.append("call")
        account = params.pop("account", None)
        if self.settings.several and account != self.settings.account:
            return self.error(-1, "Method requires valid account parameter")
        recipients = params.pop("recipient", [])
        known = {"send": {"message"}, "sendPollCreate": {"question", "option", "noMulti"}}
        if self.settings.without_polls:
            del known["sendPollCreate"]
        if call["method"] not in known:
            return self.error(-32601, "Method not implemented")
        if set(params) != known[call["method"]] or len(recipients) != 1:
            self.wrong.append("params")
        if call["method"] == "sendPollCreate" and not 2 <= len(params["option"]) <= 10:
            return self.error(-1, "Poll options")
        return self.send(recipients[0], params)

    def send(self, number, params):
        now = self.time()
        kind = FAILURES.get(number[-1]) if number[-6:-1] == "90000" else None
        result = {"recipientAddress": {"uuid": "of " + number, "number": number},
                  "type": kind or "SUCCESS"}
        if kind == "RATE_LIMIT_FAILURE":
            result["retryAfterSeconds"] = self.settings.retry_after
        response = {"timestamp": now, "results": [result]}
        if not kind:
            self.sent.append({"time": now, "to": number, **params})
            return {"result": response}
        code = {"IDENTITY_FAILURE": -4, "RATE_LIMIT_FAILURE": -5}.get(kind, -3)
        return self.error(code, "Failed to send message", {"response": response})

    @staticmethod
    def error(code, message, data=None):
        return {"error": {"code": code, "message": message, "data": data}}
