"""The WhatsApp Business Platform (Cloud API), by its documentation (developers.facebook.com/documentation/
business-messaging/whatsapp: messages, templates, throughput, error codes, webhooks): sending of templates,
their limits, and the signed posts that say what people write and what became of messages.

+447700900002 has no WhatsApp (131026, as a status); +447700900003 stopped this number's messages (131050, at
once); all others are delivered when a test says so.

Control: {"settle": [WORD, ...], "message": NUMBER}   posts a status for each WORD about a message, or about all
         {"write": [{"from": "447700900123", "text": "Y 20", "quotes": NUMBER}, ...]}
         {"tap": [{"from": "447700900123", "message": NUMBER, "button": 0}, ...]}
         {"mark": [{"from": "447700900123", "message": NUMBER}, ...]}     a reaction
         {"posts": [object, ...]}     is posted as it is
         {"twice": true}              every post is made twice, the second time with another body
         {"secret": text}             posts are signed with it from now on
         {"verify": text}             asks the hook with this verify token
         {"advance": seconds}         this clock goes ahead of the machine's
Messages count from 0. It answers {"messages": [{"to", "template", "language", "text", "payloads", "name"}, ...],
"refused": {code: count}, "requests": count, "answers": [the status of each post that was made]}. Posts go to
--webhooks; without that nowhere.
"""

import base64
import collections
import hashlib
import hmac
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

from provider import Answer

TEMPLATES = {"call_in": 3, "call_in_notice": 0}  # and their buttons
LABELS = ["Coming", "Only if short", "Cannot come"]
NOBODY = "447700900002"
STOPPED = "447700900003"


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status = status
        self.code = code


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--number", default="106540352242922")
        parser.add_argument("--token", required=True)
        parser.add_argument("--secret", default="app secret")
        parser.add_argument("--languages", default="en_GB,pl")
        parser.add_argument("--per-second", type=int, default=80)
        parser.add_argument("--pair-seconds", type=float, default=0)
        parser.add_argument("--webhooks", help="the address of the hook")

    def __init__(self, options):
        self.settings = options
        self.ahead = 0
        self.messages = []
        self.refused = collections.Counter()
        self.requests = 0
        self.taken = collections.deque()  # when
        self.last_to = {}
        self.twice = False
        self.secret = options.secret
        self.answers = []
        self.names = 0

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.twice = order.get("twice", self.twice)
        self.secret = order.get("secret", self.secret)
        for word in order.get("settle", []):
            self.settle(word, order.get("message"))
        for one in order.get("write", []):
            said = {"type": "text", "text": {"body": one["text"]}}
            if "quotes" in one:
                said["context"] = {"from": "15550783881", "id": self.messages[one["quotes"]]["name"]}
            self.say(one["from"], said)
        for one in order.get("tap", []):
            message = self.messages[one["message"]]
            self.say(one["from"], {
                "type": "button", "context": {"from": "15550783881", "id": message["name"]},
                "button": {"payload": message["payloads"][one["button"]], "text": LABELS[one["button"]]}})
        for one in order.get("mark", []):
            self.say(one["from"], {"type": "reaction", "reaction": {
                "message_id": self.messages[one["message"]]["name"], "emoji": "\U0001f44d"}})
        for one in order.get("posts", []):
            self.post(one)
        answers, self.answers = self.answers, []
        challenge = self.verify(order["verify"]) if "verify" in order else None
        return {"messages": self.messages, "refused": self.refused, "requests": self.requests,
                "answers": answers, "challenge": challenge}

    def settle(self, word, number):
        chosen = self.messages if number is None else [self.messages[number]]
        statuses = []
        for message in chosen:
            status = {"id": message["name"], "status": word, "timestamp": str(int(self.now())),
                      "recipient_id": message["to"], "biz_opaque_callback_data": message["opaque"]}
            if message["to"] == NOBODY and word != "sent":
                status["status"] = "failed"
                status["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
            statuses.append(status)
        # A few in a post, as many as fit.
        for begin in range(0, len(statuses), 50):
            self.value({"statuses": statuses[begin:begin + 50]})

    def say(self, sender, said):
        self.value({"contacts": [{"profile": {"name": "Ana"}, "wa_id": sender}],
                    "messages": [{"from": sender, "id": self.name(sender),
                                  "timestamp": str(int(self.now())), **said}]})

    def value(self, value):
        self.post({"object": "whatsapp_business_account", "entry": [{
            "id": "102290129340398", "changes": [{"field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "15550783881",
                             "phone_number_id": self.settings.number}, **value}}]}]})

    def post(self, value):
        self.hand_over(json.dumps(value).encode())
        if self.twice:
            self.hand_over(json.dumps(value, indent=1).encode())

    def hand_over(self, body):
        if not self.settings.webhooks:
            return
        code = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        self.answers.append(self.ask(urllib.request.Request(
            self.settings.webhooks, body, {"X-Hub-Signature-256": "sha256=" + code,
                                           "Content-Type": "application/json"}))[0])

    def verify(self, token):
        query = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.verify_token": token,
                                        "hub.challenge": "1158201444"})
        return self.ask(urllib.request.Request(f"{self.settings.webhooks}?{query}"))[1]

    @staticmethod
    def ask(request):
        try:
            with urllib.request.urlopen(request, timeout=15) as answered:
                return answered.status, answered.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, ""

    # What WhatsApp does.
    def now(self):
        return time.time() + self.ahead

    # A name has the number in it.
    def name(self, number):
        self.names += 1
        inside = b"\x1d\x06\x12" + number.encode() + self.names.to_bytes(8, "big")
        return "wamid." + base64.b64encode(inside).decode()

    def answer(self, method, target, headers, body):
        self.requests += 1
        try:
            if headers.get("Authorization") != "Bearer " + self.settings.token:
                raise Refused(401, 190, "Invalid OAuth access token")
            if (method, target) != ("POST", f"/v24.0/{self.settings.number}/messages"):
                raise Refused(400, 100, "Unsupported request")
            if headers.get("Content-Type") != "application/json":
                raise Refused(400, 100, "Not JSON")
            return Answer(200, self.take(json.loads(body)))
        except Refused as refused:
            self.refused[str(refused.code)] += 1
            return Answer(refused.status, {"error": {
                "message": f"(#{refused.code}) {refused}", "type": "OAuthException",
                "code": refused.code, "fbtrace_id": "A1b2",
                "error_data": {"messaging_product": "whatsapp", "details": str(refused)}}})

    def take(self, asked):
        known = {"messaging_product", "recipient_type", "to", "type", "template", "biz_opaque_callback_data"}
        if set(asked) - known or asked["messaging_product"] != "whatsapp":
            raise Refused(400, 100, "Unknown parameters")
        if asked["type"] != "template":  # nobody here has written in the last 24 hours
            raise Refused(400, 131047, "Re-engagement message")
        if not re.fullmatch(r"\+?\d{8,15}", asked["to"]) or len(asked["biz_opaque_callback_data"]) > 512:
            raise Refused(400, 131009, "Parameter value is not valid")
        number = asked["to"].lstrip("+")
        text, payloads = self.check(asked["template"])
        self.count(number)
        if number == STOPPED:
            raise Refused(400, 131050, "User has stopped messages")
        name = self.name(number)
        self.messages.append({
            "to": number, "template": asked["template"]["name"], "text": text, "payloads": payloads,
            "language": asked["template"]["language"]["code"], "name": name,
            "opaque": asked["biz_opaque_callback_data"]})
        return {"messaging_product": "whatsapp", "contacts": [{"input": asked["to"], "wa_id": number}],
                "messages": [{"id": name, "message_status": "accepted"}]}

    def check(self, template):
        if template["name"] not in TEMPLATES or \
                template["language"]["code"] not in self.settings.languages.split(","):
            raise Refused(404, 132001, "Template name does not exist in the translation")
        body, *buttons = template["components"]
        if body["type"] != "body" or len(body["parameters"]) != 1 or \
                len(buttons) != TEMPLATES[template["name"]]:
            raise Refused(400, 132000, "Number of parameters does not match")
        text = body["parameters"][0]["text"]
        if not text or re.search(r"[\n\t]| {5}", text) or len(text) > 1024:
            raise Refused(400, 132018, "Issue with the parameters in the template")
        payloads = []
        for place, button in enumerate(buttons):
            if (button["type"], button["sub_type"], button["index"]) != ("button", "quick_reply", str(place)):
                raise Refused(400, 132012, "Parameter format does not match")
            payload, = button["parameters"]
            if payload["type"] != "payload" or len(payload["payload"]) > 128:
                raise Refused(400, 132012, "Parameter format does not match")
            payloads.append(payload["payload"])
        return text, payloads

    def count(self, number):
        now = self.now()
        while self.taken and self.taken[0] <= now - 1:
            self.taken.popleft()
        if len(self.taken) >= self.settings.per_second:
            raise Refused(429, 130429, "Rate limit hit")
        if now - self.last_to.get(number, 0) < self.settings.pair_seconds:
            raise Refused(400, 131056, "Pair rate limit hit")
        self.taken.append(now)
        self.last_to[number] = now
