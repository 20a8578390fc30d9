"""An ntfy server, by its documentation (docs.ntfy.sh: publish, subscribe/api, config): publishing as
JSON, reading a topic by polling, access control, and the limits of a visitor: 60 requests at once
and one more every 5 seconds. One user has a token; telephones are anonymous and may only write to
the topic for replies.

A message is kept for 12 hours. Requests of the user count against the limit, also those that read.

Control: {"tap": [{"message": 0, "action": 0}, ...]}   a telephone does what the action says
         {"write": [{"topic": "replies", "message": "x"}, ...]}  a stranger writes
         {"forbid": ["topic", ...]}                    the user may not write there
         {"open": true}                                everybody may read the topic for replies
         {"twice": true}                               reading says every message twice
         {"day": count}                                messages that the user may still send today
         {"advance": seconds}                          the server's clock goes ahead of this machine's
and it answers {"messages": [...], "refused": {code: count}, "requests": {"METHOD path": count},
"taps": [status, ...]}.
"""

import collections
import email.utils
import hmac
import json
import random
import re
import string
import time
import urllib.parse

from provider import Answer

TOPIC = r"[-_A-Za-z0-9]{1,64}"
KEPT = 12 * 60 * 60
UNITS = {"s": 1, "m": 60, "h": 3600}


class Refused(Exception):
    def __init__(self, code, error):
        super().__init__(error)
        self.code = code


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--token", required=True, help="the user's access token")
        parser.add_argument("--replies", default="replies")
        parser.add_argument("--exempt", action="store_true", help="the user has no limits")

    def __init__(self, options):
        self.token = options.token
        self.replies = options.replies
        self.exempt = options.exempt
        self.messages = []  # of all topics, the oldest first
        self.forbidden = set()
        self.is_open = False
        self.twice = False
        self.day = None
        self.ahead = 0
        self.left = 60.0
        self.filled = self.now()
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.taps = []

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.forbidden |= set(order.get("forbid", []))
        self.is_open = order.get("open", self.is_open)
        self.twice = order.get("twice", self.twice)
        self.day = order.get("day", self.day)
        for tap in order.get("tap", []):
            published = [one for one in self.messages if one["topic"] != self.replies]
            action = published[tap["message"]]["actions"][tap["action"]]
            url = urllib.parse.urlsplit(action["url"])
            headers = action.get("headers", {})
            self.taps.append(self.answer(action["method"], url.path, headers,
                                         action["body"].encode()).status)
        for written in order.get("write", []):
            self.keep({"topic": written["topic"], "message": written["message"]})
        return {"messages": [one for one in self.messages if one["topic"] != self.replies],
                "refused": self.refused, "requests": self.requests, "taps": self.taps}

    def now(self):
        return time.time() + self.ahead

    # What ntfy does.
    def answer(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        self.requests[f"{method} {url.path}"] += 1
        date = {"Date": email.utils.formatdate(self.now(), usegmt=True)}
        try:
            is_user = self.authenticate(headers.get("Authorization"))
            if is_user:
                self.count()
            query = dict(urllib.parse.parse_qsl(url.query))
            return Answer(200, self.route(method, url.path, query, body, is_user), date)
        except Refused as refused:
            self.refused[refused.code] += 1
            return Answer(refused.code // 100, {"code": refused.code, "http": refused.code // 100,
                                                "error": str(refused)}, date)

    def authenticate(self, header):
        if not header:
            return False
        if not hmac.compare_digest(header, "Bearer " + self.token):
            raise Refused(40101, "unauthorized")
        return True

    def count(self):
        if self.exempt:
            return
        now = self.now()
        self.left = min(60.0, self.left + (now - self.filled) / 5)
        self.filled = now
        if self.left < 1:
            raise Refused(42901, "limit reached: too many requests")
        self.left -= 1

    def route(self, method, path, query, body, is_user):
        if (method, path) == ("POST", "/"):
            return self.publish(self.parsed(body), is_user)
        reading = re.fullmatch(f"/({TOPIC})/json", path)
        if method == "GET" and reading:
            return self.page(reading[1], query, is_user)
        writing = re.fullmatch(f"/({TOPIC})", path)
        if method in ("POST", "PUT") and writing:
            return self.publish({"topic": writing[1], "message": body.decode().strip()}, is_user)
        raise Refused(40401, "page not found")

    @staticmethod
    def parsed(body):
        try:
            asked = json.loads(body)
        except ValueError:
            raise Refused(40024, "invalid request: request body must be message JSON") from None
        if not isinstance(asked, dict):
            raise Refused(40024, "invalid request: request body must be message JSON")
        return asked

    def publish(self, asked, is_user):
        topic = asked.get("topic")
        if not isinstance(topic, str) or not re.fullmatch(TOPIC, topic):
            raise Refused(40009, "invalid request: topic invalid")
        may_write = topic not in self.forbidden if is_user else topic == self.replies
        if not may_write:
            raise Refused(40301, "forbidden")
        if is_user and self.day is not None:
            if self.day <= 0:
                raise Refused(42908, "limit reached: daily message quota reached")
            self.day -= 1
        if len(asked.get("message", "").encode()) > 4096:
            raise Refused(41301, "attachment too large")
        if asked.get("priority", 3) not in (1, 2, 3, 4, 5):
            raise Refused(40007, "invalid request: priority invalid")
        actions = asked.get("actions", [])
        if len(actions) > 3:
            raise Refused(40018, "invalid request: only 3 actions allowed")
        for action in actions:
            if action.get("action") not in ("view", "broadcast", "http") or not action.get("label"):
                raise Refused(40018, "invalid request: action invalid")
            if action["action"] == "http" and not action.get("url"):
                raise Refused(40018, "invalid request: parameter 'url' is required")
        known = {"topic", "message", "title", "priority", "tags", "click", "actions", "markdown"}
        if not set(asked) <= known:
            raise Refused(40024, "invalid request: unknown member")  # stricter than ntfy
        return self.keep(asked)

    def keep(self, asked):
        letters = string.ascii_letters + string.digits
        message = {"id": "".join(random.choices(letters, k=12)), "time": int(self.now()),
                   "expires": int(self.now()) + KEPT, "event": "message", **asked}
        self.messages.append(message)
        return message

    def page(self, topic, query, is_user):
        if not is_user and not (self.is_open and topic == self.replies):
            raise Refused(40301, "forbidden")
        if query.get("poll") != "1":
            raise Refused(40000, "this simulator has no streams")
        kept = [one for one in self.messages
                if one["topic"] == topic and one["expires"] > self.now()]
        since = query.get("since", "all")
        duration = re.fullmatch(r"(\d+)([smh])", since)
        ids = [one["id"] for one in kept]
        if since in ids:
            kept = kept[ids.index(since) + 1:]
        elif duration:
            back = int(duration[1]) * UNITS[duration[2]]
            kept = [one for one in kept if one["time"] >= self.now() - back]
        elif not re.fullmatch(r"[A-Za-z0-9]{12}|all", since):
            raise Refused(40008, "invalid request: since parameter invalid")
        if self.twice:
            kept = [one for one in kept for _ in range(2)]
        return "".join(json.dumps(one) + "\n" for one in kept).encode()
