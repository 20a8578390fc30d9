"""Vonage's Voice API, by its documentation (developer.vonage.com/voice/voice-api: ncco-reference, webhook-reference,
guides/troubleshooting; getting-started/concepts/webhooks, signed webhooks; api/voice, createCall): calls with an NCCO,
event webhooks, the keys that people press, signatures.

A call is "started" until a test picks it up or ends it.

Control: {"advance": seconds}                   Vonage's clock goes ahead of this machine's
         {"twice": true}                        every webhook is posted twice, the second with another token
         {"pick_up": {"to": NUMBER, "keys": ["1", "25"], "answered_by": "human", "stays": false}}
                                                 the call to this number is answered, and each input gets the next keys;
                                                 after them somebody hangs up, or stays and presses nothing more
         {"ends": {"to": NUMBER, "status": "busy"}}   it is not
         {"forge": {"to": NUMBER, "how": HOW}}  a webhook with the key 4 that is not Vonage's: "secret" signed with another
                                                 secret, "body" changed, "old" signed an hour ago, "none" without a token
and it answers {"calls": [{"to", "status", "ncco", ...}], "heard": [NCCO, ...], "refused": {status: count}, "requests": ...,
"posts": [{"url", "body", "status"}, ...]}. What Vonage posts goes to --webhooks, whatever host its address names.
"""

import base64
import collections
import datetime
import hashlib
import hmac
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from provider import Answer

FAILURES = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


class Refused(Exception):
    def __init__(self, status, field=None, reason="is invalid"):
        super().__init__(reason)
        self.status = status
        self.field = field


def coded(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def der(value, at=0):
    """The tag, the content and the end of one element of DER."""
    tag, size, at = value[at], value[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(value[at:at + count], "big"), at + count
    return tag, value[at:at + size], at + size


class PublicKey:
    def __init__(self, pem):
        whole = base64.b64decode("".join(line for line in pem.split() if "-" not in line and line not in ("PUBLIC", "KEY")))
        _, info, _ = der(whole)
        _, _, after = der(info)
        _, bits, _ = der(info, after)
        _, numbers, _ = der(bits[1:])
        _, modulus, after = der(numbers)
        _, exponent, _ = der(numbers, after)
        self.modulus = int.from_bytes(modulus, "big")
        self.exponent = int.from_bytes(exponent, "big")

    def verifies(self, signature, text):
        size = (self.modulus.bit_length() + 7) // 8
        prefix = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2: SHA-256
        tail = b"\x00" + prefix + hashlib.sha256(text).digest()
        right = b"\x00\x01" + b"\xff" * (size - 2 - len(tail)) + tail
        return pow(int.from_bytes(signature, "big"), self.exponent, self.modulus).to_bytes(size, "big") == right


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--application", required=True)
        parser.add_argument("--public-key", required=True, help="PEM")
        parser.add_argument("--signature-secret", required=True)
        parser.add_argument("--sender", default="447700900999")
        parser.add_argument("--per-second", type=int, default=3)
        parser.add_argument("--webhooks", help="http://127.0.0.1:PORT")

    def __init__(self, options):
        self.options_ = options
        self.key = PublicKey(options.public_key)
        self.ahead = 0
        self.begun = collections.deque()
        self.tokens = set()
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.posts = []
        self.twice = False
        self.calls = []
        self.heard = []

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.twice = order.get("twice", self.twice)
        if "pick_up" in order:
            self.pick_up(**order["pick_up"])
        if "ends" in order:
            call = self.call_to(order["ends"]["to"])
            self.event(call, "started")
            self.event(call, "ringing")
            self.end(call, order["ends"]["status"])
        if "forge" in order:
            self.forge(**order["forge"])
        return {"calls": self.calls, "heard": self.heard, "refused": self.refused, "requests": self.requests,
                "posts": self.posts}

    def call_to(self, number):
        return next(call for call in self.calls if "+" + call["to"] == number and call["status"] == "started")

    def pick_up(self, to, keys, answered_by="human", stays=False):
        call = self.call_to(to)
        call["status"] = "answered"
        for status in ("started", "ringing", "answered"):
            self.event(call, status)
        if call["machine_detection"]:
            news = self.about(call)
            news["call_uuid"] = news.pop("uuid")
            self.post(call["event_url"], {**news, "status": answered_by})
        ncco, keys = call["ncco"], list(keys)
        while ncco:
            self.heard.append(ncco)
            asked = [action for action in ncco if action["action"] == "input"]
            if not asked or not (keys or stays):
                break
            pressed = keys.pop(0) if keys else ""
            assert len(pressed) <= asked[0]["dtmf"]["maxDigits"], "more keys than it takes"
            ncco = self.post(asked[0]["eventUrl"][0], {
                **self.about(call), "speech": {"results": []},
                "dtmf": {"digits": pressed, "timed_out": len(pressed) < asked[0]["dtmf"]["maxDigits"]}})
            if ncco:
                self.check(ncco, "ncco")
        self.end(call, "completed")

    def end(self, call, status):
        call["status"] = status
        more = {"duration": "9", "rate": "0.01", "price": "0.01", "network": "23415"} if status == "completed" else {}
        self.event(call, status, more)

    def forge(self, to, how):
        call = self.call_to(to)
        url = call["ncco"][1]["eventUrl"][0]
        body = json.dumps({**self.about(call), "dtmf": {"digits": "4", "timed_out": False}}).encode()
        token = {"secret": lambda: self.token(body, secret="another"), "old": lambda: self.token(body, age=3600),
                 "body": lambda: self.token(body + b" "), "none": lambda: None}[how]()
        self.deliver(url, body, token)

    def about(self, call):
        at = datetime.datetime.fromtimestamp(self.now(), datetime.timezone.utc)
        return {"from": call["from"], "to": call["to"], "uuid": call["uuid"],
                "conversation_uuid": call["conversation_uuid"], "timestamp": at.isoformat(timespec="milliseconds")}

    def event(self, call, status, more=None):
        self.post(call["event_url"], {**self.about(call), "status": status, "direction": "outbound", **(more or {})})

    def token(self, body, secret=None, age=0):
        claims = {"iat": int(self.now()) - age, "jti": str(uuid.uuid4()), "iss": "Vonage", "api_key": "abcd1234",
                  "application_id": self.options_.application, "payload_hash": hashlib.sha256(body).hexdigest()}
        said = coded(b'{"alg":"HS256","typ":"JWT"}') + "." + coded(json.dumps(claims).encode())
        mac = hmac.new((secret or self.options_.signature_secret).encode(), said.encode(), hashlib.sha256).digest()
        return said + "." + coded(mac)

    def post(self, url, news):
        body = json.dumps(news).encode()
        answer = self.deliver(url, body, self.token(body))
        if self.twice:
            assert self.deliver(url, body, self.token(body)) == answer, "another answer the second time"
        return answer

    def deliver(self, url, body, token):
        asked = urllib.parse.urlsplit(url)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        post = {"url": url, "body": body.decode(), "status": None}
        self.posts.append(post)
        if not self.options_.webhooks:
            return None
        try:
            request = urllib.request.Request(f"{self.options_.webhooks}{asked.path}?{asked.query}", body, headers)
            with urllib.request.urlopen(request, timeout=5) as answered:
                post["status"] = answered.status
                said = answered.read()
                if said:
                    assert answered.headers["Content-Type"] == "application/json", answered.headers
                return json.loads(said) if said else None
        except urllib.error.HTTPError as refused:
            post["status"] = refused.code
            return None

    # What Vonage does.
    def answer(self, method, target, headers, body):
        path = urllib.parse.urlsplit(target).path
        self.requests[f"{method} {path}"] += 1
        try:
            self.authenticate(headers)
            if (method, path) != ("POST", "/v1/calls"):
                raise Refused(404)
            return Answer(201, self.begin(headers, body))
        except Refused as refused:
            self.refused[str(refused.status)] += 1
            said = {"type": "https://developer.nexmo.com/api-errors", "title": FAILURES[refused.status],
                    "detail": str(refused), "instance": str(uuid.uuid4())}
            if refused.field:
                said["invalid_parameters"] = [{"name": refused.field, "reason": str(refused)}]
            return Answer(refused.status, said)

    def now(self):
        return time.time() + self.ahead

    def authenticate(self, headers):
        try:
            scheme, token = headers.get("Authorization", "").split(" ")
            said, signature = token.rsplit(".", 1)
            header, claims = (json.loads(decoded(part)) for part in said.split("."))
            assert scheme == "Bearer" and header["alg"] == "RS256"
            assert self.key.verifies(decoded(signature), said.encode())
            assert claims["application_id"] == self.options_.application
            assert abs(claims["iat"] - self.now()) < 60 and self.now() < claims["exp"] <= claims["iat"] + 86400
            assert claims["jti"] not in self.tokens
            self.tokens.add(claims["jti"])
        except (AssertionError, ValueError, KeyError) as wrong:
            raise Refused(401, reason="You did not provide correct credentials.") from wrong

    def begin(self, headers, body):
        if headers.get("Content-Type") != "application/json":
            raise Refused(400)
        asked = json.loads(body)
        known = {"to", "from", "ncco", "event_url", "event_method", "machine_detection", "ringing_timer"}
        for field in asked:
            if field not in known:
                raise Refused(400, field, "is not known")
        if not isinstance(asked.get("to"), list) or len(asked["to"]) != 1:
            raise Refused(400, "to")
        self.check_phone(asked["to"][0], "to[0]")
        self.check_phone(asked.get("from"), "from")
        if asked["from"]["number"] != self.options_.sender:
            raise Refused(400, "from", "is not yours")
        self.check(asked.get("ncco"), "ncco")
        if not all(url.startswith("https://") for url in asked["event_url"]) or len(asked["event_url"]) != 1:
            raise Refused(400, "event_url")
        if asked.get("event_method", "POST") != "POST" or asked.get("machine_detection") not in (None, "continue", "hangup"):
            raise Refused(400, "event_method")
        if not 1 <= asked.get("ringing_timer", 60) <= 120:
            raise Refused(400, "ringing_timer")
        self.count()
        call = {"uuid": str(uuid.uuid4()), "conversation_uuid": "CON-" + str(uuid.uuid4()), "status": "started",
                "to": asked["to"][0]["number"], "from": asked["from"]["number"], "ncco": asked["ncco"],
                "event_url": asked["event_url"][0], "machine_detection": asked.get("machine_detection")}
        self.calls.append(call)
        return {"uuid": call["uuid"], "status": "started", "direction": "outbound",
                "conversation_uuid": call["conversation_uuid"]}

    def count(self):
        now = self.now()
        while self.begun and self.begun[0] <= now - 1:
            self.begun.popleft()
        if len(self.begun) >= self.options_.per_second:
            raise Refused(429, reason="Throttled")
        self.begun.append(now)

    def check_phone(self, endpoint, field):
        if not isinstance(endpoint, dict) or set(endpoint) != {"type", "number"} or endpoint["type"] != "phone":
            raise Refused(400, field)
        if not re.fullmatch(r"\d{7,15}", str(endpoint["number"])):
            raise Refused(400, field + ".number", "must be in E.164 format, without a plus")

    def check(self, ncco, field):
        """Vonage ends a call whose NCCO is not valid."""
        if not isinstance(ncco, list) or not ncco:
            raise Refused(400, field)
        for number, action in enumerate(ncco):
            kind = action["action"]
            known = {"talk": {"text", "bargeIn", "loop", "level", "language", "style", "premium"},
                     "input": {"type", "dtmf", "eventUrl", "eventMethod"},
                     "connect": {"endpoint", "from", "timeout", "limit"}}.get(kind)
            if known is None or not set(action) - {"action"} <= known:
                raise Refused(400, f"{field}[{number}]")
            if kind == "talk":
                assert 1 <= len(action["text"]) <= 1500 and "<speak" not in action["text"]
                barges = action.get("bargeIn") and not any(later["action"] == "input" for later in ncco[number:])
                assert not barges, "words that a key may end need an input after them"
            if kind == "input":
                assert action["type"] == ["dtmf"] and len(action["eventUrl"]) == 1
                assert 1 <= action["dtmf"]["maxDigits"] <= 20 and 1 <= action["dtmf"]["timeOut"] <= 10
            if kind == "connect":
                assert len(action["endpoint"]) == 1 and action["from"] == self.options_.sender
                self.check_phone(action["endpoint"][0], f"{field}[{number}].endpoint")
