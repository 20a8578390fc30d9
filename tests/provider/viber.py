"""Viber's bot API, by its documentation (creators.viber.com/docs/bots-api, developers.viber.com REST bot API):
send_message, broadcast_message, their statuses, and the signed posts that say what people write and what became of
messages.

Only people who have written to the bot can be written to. It answers 200 whatever the status is.

Control: {"people": [ID, ...]}        have written to the bot
         {"left": [ID, ...]}          have left it since
         {"write": [{"from": ID, "text": "Y 20"}, ...]}
         {"tap": [{"from": ID, "message": NUMBER, "button": 0}, ...]}
         {"events": [{"event": "seen", "message": NUMBER}, ...]}
         {"posts": [object, ...]}     is posted as it is
         {"twice": true}              every post is made twice
         {"token": text}              posts are signed with it from now on
         {"advance": seconds}         this clock goes ahead of the machine's
Messages count from 0, one for each person. It answers {"messages": [{"to", "text", "buttons", "token"}, ...],
"refused": {status: count}, "requests": {method: count}, "answers": [the status of each post that was made]}.
"""

import collections
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request

from provider import Answer


class Refused(Exception):
    pass


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--token", required=True)
        parser.add_argument("--per-ten-seconds", type=int, default=500)
        parser.add_argument("--no-broadcast", action="store_true")
        parser.add_argument("--webhooks", help="the address of the hook")

    def __init__(self, options):
        self.settings = options
        self.ahead = 0
        self.people = set()
        self.messages = []
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.asked = collections.deque()
        self.tokens = 5741311803571721000
        self.twice = False
        self.token = options.token
        self.answers = []

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.twice = order.get("twice", self.twice)
        self.token = order.get("token", self.token)
        self.people |= set(order.get("people", []))
        self.people -= set(order.get("left", []))
        for one in order.get("write", []):
            self.say(one["from"], one["text"], False)
        for one in order.get("tap", []):
            button = self.messages[one["message"]]["buttons"][one["button"]]
            self.say(one["from"], button["ActionBody"], button.get("Silent", False))
        for one in order.get("events", []):
            message = self.messages[one["message"]]
            self.post({"event": one["event"], "timestamp": self.milliseconds(),
                       "message_token": message["token"], "user_id": message["to"]})
        for one in order.get("posts", []):
            self.post(one)
        answers, self.answers = self.answers, []
        return {"messages": self.messages, "refused": self.refused, "requests": self.requests,
                "answers": answers}

    def milliseconds(self):
        return int(self.now() * 1000)

    def say(self, sender, text, silent):
        self.post({"event": "message", "timestamp": self.milliseconds(), "message_token": self.next_token(),
                   "sender": {"id": sender, "name": "Ana", "language": "en", "api_version": 10},
                   "message": {"type": "text", "text": text}, "silent": silent})

    def post(self, value):
        body = json.dumps(value).encode()
        self.hand_over(body)
        if self.twice:
            self.hand_over(body + b" ")

    def hand_over(self, body):
        if not self.settings.webhooks:
            return
        code = hmac.new(self.token.encode(), body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(self.settings.webhooks, body, {
            "X-Viber-Content-Signature": code, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=15) as answered:
                self.answers.append(answered.status)
        except urllib.error.HTTPError as refused:
            self.answers.append(refused.code)

    # What Viber does.
    def now(self):
        return time.time() + self.ahead

    def next_token(self):
        self.tokens += 1
        return self.tokens

    def answer(self, method, target, headers, body):
        self.requests[target.rpartition("/")[2]] += 1
        try:
            return Answer(200, self.take(method, target, headers, body))
        except Refused as refused:
            status, words = refused.args
            self.refused[str(status)] += 1
            return Answer(200, {"status": status, "status_message": words, "chat_hostname": "SN-376_"})

    def take(self, method, target, headers, body):
        if headers.get("X-Viber-Auth-Token") != self.settings.token:
            raise Refused(2, "invalidAuthToken")
        self.count()
        if len(body) > 30 * 1024:
            raise Refused(3, "badData")
        asked = json.loads(body)
        known = {"receiver", "broadcast_list", "type", "sender", "text", "min_api_version", "keyboard"}
        if set(asked) - known or asked.get("type") != "text":
            raise Refused(3, "badData")
        if not asked.get("text") or not 1 <= len(asked.get("sender", {}).get("name", "")) <= 28:
            raise Refused(4, "missingData")
        buttons = self.check(asked.get("keyboard"))
        if (method, target) == ("POST", "/pa/send_message"):
            if asked["receiver"] not in self.people:
                raise Refused(6, "receiverNotSubscribed")
            token = self.next_token()
            self.keep([asked["receiver"]], asked["text"], buttons, token)
            return {"status": 0, "status_message": "ok", "message_token": token}
        if (method, target) == ("POST", "/pa/broadcast_message"):
            return self.broadcast(asked, buttons)
        raise Refused(3, "badData")

    @staticmethod
    def check(keyboard):
        if keyboard is None:
            return []
        if keyboard["Type"] != "keyboard" or not 1 <= len(keyboard["Buttons"]) <= 24:
            raise Refused(3, "badData")
        for button in keyboard["Buttons"]:
            if not 1 <= button["Columns"] <= 6 or not 1 <= button["Rows"] <= 2 or \
                    button["ActionType"] != "reply" or not button["ActionBody"] or not button["Text"]:
                raise Refused(3, "badData")
        return keyboard["Buttons"]

    def broadcast(self, asked, buttons):
        if self.settings.no_broadcast:
            raise Refused(20, "broadcastNotAllowed")
        people = asked["broadcast_list"]
        if not 1 <= len(people) <= 300:
            raise Refused(3, "badData")
        token = self.next_token()
        self.keep([one for one in people if one in self.people], asked["text"], buttons, token)
        return {"status": 0, "status_message": "ok", "message_token": token,
                "failed_list": [{"receiver": one, "status": 6, "status_message": "receiverNotSubscribed"}
                                for one in people if one not in self.people]}

    def keep(self, people, text, buttons, token):
        self.messages += [{"to": one, "text": text, "buttons": buttons, "token": token} for one in people]

    def count(self):
        now = self.now()
        while self.asked and self.asked[0] <= now - 10:
            self.asked.popleft()
        if len(self.asked) >= self.settings.per_ten_seconds:
            raise Refused(12, "tooManyRequests")
        self.asked.append(now)
