"""A Matrix homeserver, by the client-server specification (spec.matrix.org, v1.x): whoami, account
data, createRoom, membership, sending with transaction ids, reactions, receipts, and sync. One account
has a token; people are made up and are wherever they are.

The same transaction id in the same room gives the event of the first request. Messages are limited
as Synapse does without settings: ten at once and one more every 5 seconds; rooms ten at once and
three in ten seconds.

Control: {"refuse": ["@x:b"]}                    nobody may invite them
         {"join": ["@ana:b"]}, {"leave": [...]}  people enter or leave the newest room they have
         {"write": [{"from": "@ana:b", "text": "Y 20", "type": "m.text"}, ...]}
         {"mark": [{"from": "@ana:b", "with": "X"}, ...]}    below the account's last message
         {"read": ["@ana:b", ...]}               they read up to the last event
         {"raw": [{"room": 0, "event": {...}}]}  whatever a homeserver may say
         {"encrypted": [{"from": "@ana:b"}]}
         {"fast": true}                          no limits
         {"advance": seconds}                    its clock goes ahead of this machine's
and it answers {"rooms": [{"id", "person", "membership", "messages": [...]}, ...],
"direct": {...}, "refused": {errcode: count}, "requests": {"METHOD path": count}}.
"""

import collections
import email.utils
import hmac
import json
import re
import time
import urllib.parse

from provider import Answer

SELF = "@call-ins:b"
PREFIX = "/_matrix/client/v3"


class Refused(Exception):
    def __init__(self, status, errcode, wait=None):
        super().__init__(errcode)
        self.status = status
        self.wait = wait


class Bucket:
    def __init__(self, most, per_second, now):
        self.most, self.per_second, self.left, self.filled = most, per_second, float(most), now

    def take(self, now):
        self.left = min(self.most, self.left + (now - self.filled) * self.per_second)
        self.filled = now
        if self.left < 1:
            raise Refused(429, "M_LIMIT_EXCEEDED", (1 - self.left) / self.per_second)
        self.left -= 1


class Room:
    def __init__(self, number, person):
        self.id = f"!room/{number}:b"
        self.person = person
        self.membership = "invite"
        self.receipt = None


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--token", required=True, help="the account's access token")

    def __init__(self, options):
        self.token = options.token
        self.ahead = 0
        self.rooms = []
        self.stream = []  # (room, kind, event) in the order in which it happened
        self.direct = None
        self.direct_at = 0
        self.transactions = {}
        self.refusing = set()
        self.fast = False
        self.messages = Bucket(10, 0.2, self.now())
        self.making = Bucket(10, 0.3, self.now())
        self.refused = collections.Counter()
        self.requests = collections.Counter()

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.fast = order.get("fast", self.fast)
        self.refusing |= set(order.get("refuse", []))
        for word in ("join", "leave"):
            for person in order.get(word, []):
                room = self.room_of(person)
                room.membership = word
                self.happen(room, person, "m.room.member", {"membership": word}, person)
        for one in order.get("write", []):
            self.happen(self.room_of(one["from"]), one["from"], "m.room.message",
                        {"msgtype": one.get("type", "m.text"), "body": one["text"]})
        for one in order.get("mark", []):
            room = self.room_of(one["from"])
            last = [event for where, _, event in self.stream
                    if where is room and event.get("sender") == SELF
                    and event["type"] == "m.room.message"][-1]
            self.happen(room, one["from"], "m.reaction", {"m.relates_to": {
                "rel_type": "m.annotation", "event_id": last["event_id"], "key": one["with"]}})
        for one in order.get("encrypted", []):
            self.happen(self.room_of(one["from"]), one["from"], "m.room.encrypted",
                        {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"})
        for person in order.get("read", []):
            room = self.room_of(person)
            last = [event for where, kind, event in self.stream
                    if where is room and kind == "event"][-1]
            self.stream.append((room, "receipt", {"type": "m.receipt", "content": {
                last["event_id"]: {"m.read": {person: {"ts": self.stamp()}}}}}))
        for one in order.get("raw", []):
            self.stream.append((self.rooms[one["room"]], "event", one["event"]))
        return {"rooms": [{"id": room.id, "person": room.person, "membership": room.membership,
                           "messages": [event["content"] for where, _, event in self.stream
                                        if where is room and isinstance(event, dict)
                                        and event.get("sender") == SELF
                                        and event.get("type") == "m.room.message"]}
                          for room in self.rooms],
                "direct": self.direct or {}, "refused": self.refused, "requests": self.requests}

    def room_of(self, person):
        return [room for room in self.rooms if room.person == person][-1]

    def happen(self, room, sender, kind, content, state_key=None):
        event = {"type": kind, "event_id": f"$event/{len(self.stream)}", "sender": sender,
                 "origin_server_ts": self.stamp(), "content": content, "unsigned": {}}
        if state_key is not None:
            event["state_key"] = state_key
        self.stream.append((room, "event", event))
        return event["event_id"]

    def now(self):
        return time.time() + self.ahead

    def stamp(self):
        return int(self.now() * 1000)

    # What a homeserver does.
    def answer(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        date = {"Date": email.utils.formatdate(self.now(), usegmt=True)}
        try:
            if not url.path.startswith(PREFIX):
                raise Refused(404, "M_UNRECOGNIZED")
            parts = [urllib.parse.unquote(part) for part in url.path[len(PREFIX) + 1:].split("/")]
            self.requests[f"{method} {parts[0]}"] += 1
            if not hmac.compare_digest(headers.get("Authorization") or "", "Bearer " + self.token):
                raise Refused(401, "M_UNKNOWN_TOKEN")
            query = dict(urllib.parse.parse_qsl(url.query))
            return Answer(200, self.route(method, parts, query, body), date)
        except Refused as refused:
            self.refused[str(refused)] += 1
            said = {"errcode": str(refused), "error": "no"}
            if refused.wait is not None:
                said["retry_after_ms"] = int(refused.wait * 1000) + 1
                date["Retry-After"] = str(int(refused.wait) + 1)
            return Answer(refused.status, said, date)

    def route(self, method, parts, query, body):
        if (method, parts) == ("GET", ["account", "whoami"]):
            return {"user_id": SELF, "device_id": "CALLINS"}
        if parts == ["user", SELF, "account_data", "m.direct"]:
            if method == "PUT":
                self.direct, self.direct_at = self.parsed(body), len(self.stream)
                return {}
            if self.direct is None:
                raise Refused(404, "M_NOT_FOUND")
            return self.direct
        if (method, parts) == ("POST", ["createRoom"]):
            return self.make(self.parsed(body))
        if method == "GET" and parts == ["sync"]:
            return self.sync(query)
        if parts[0] == "rooms" and len(parts) > 2:
            room = next((one for one in self.rooms if one.id == parts[1]), None)
            if room is None:
                raise Refused(403, "M_FORBIDDEN")
            if method == "GET" and parts[2:4] == ["state", "m.room.member"]:
                if parts[4] != room.person:
                    raise Refused(404, "M_NOT_FOUND")
                return {"membership": room.membership}
            if method == "PUT" and parts[2:4] == ["send", "m.room.message"]:
                return self.send(room, parts[4], self.parsed(body))
        raise Refused(404, "M_UNRECOGNIZED")

    @staticmethod
    def parsed(body):
        try:
            value = json.loads(body)
        except ValueError:
            raise Refused(400, "M_NOT_JSON") from None
        if not isinstance(value, dict):
            raise Refused(400, "M_BAD_JSON")
        return value

    def make(self, asked):
        people = asked.get("invite", [])
        if not set(asked) <= {"preset", "is_direct", "invite"} or len(people) != 1:
            raise Refused(400, "M_BAD_JSON")
        if not re.fullmatch(r"@[^:]+:.+", people[0]):
            raise Refused(400, "M_INVALID_PARAM")
        if not self.fast:
            self.making.take(self.now())
        if people[0] in self.refusing:
            raise Refused(403, "M_FORBIDDEN")
        room = Room(len(self.rooms), people[0])
        self.rooms.append(room)
        self.happen(room, SELF, "m.room.member", {"membership": "join"}, SELF)
        self.happen(room, SELF, "m.room.member", {"membership": "invite"}, people[0])
        return {"room_id": room.id}

    def send(self, room, transaction, content):
        known = self.transactions.get((room.id, transaction))
        if known is None:
            if not self.fast:
                self.messages.take(self.now())
            if content.get("msgtype") != "m.text" or not isinstance(content.get("body"), str):
                raise Refused(400, "M_BAD_JSON")
            known = self.happen(room, SELF, "m.room.message", content)
            self.transactions[(room.id, transaction)] = known
        return {"event_id": known}

    def sync(self, query):
        limit = json.loads(query["filter"])["room"]["timeline"]["limit"]
        since = query.get("since")
        if since is not None and not re.fullmatch(r"s\d+", since):
            raise Refused(400, "M_UNKNOWN")
        begin = int(since[1:]) if since else 0
        joined = {}
        for room, kind, event in self.stream[begin:]:
            parts = joined.setdefault(room.id, {"timeline": {"events": [], "limited": False},
                                                "ephemeral": {"events": []}})
            parts["timeline" if kind == "event" else "ephemeral"]["events"].append(event)
        for parts in joined.values():
            if len(parts["timeline"]["events"]) > limit:
                parts["timeline"]["limited"] = True
                parts["timeline"]["events"] = parts["timeline"]["events"][-limit:]
        account = []
        if self.direct is not None and (since is None or self.direct_at >= begin):
            account.append({"type": "m.direct", "content": self.direct})
        # The test's clock does not wait: what a request would wait for is not there yet.
        return {"next_batch": f"s{len(self.stream)}", "account_data": {"events": account},
                "rooms": {"join": joined}}
