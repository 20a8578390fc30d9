"""Telegram's Bot API, by its documentation (core.telegram.org/bots/api): sendMessage, getUpdates by
polling, answerCallbackQuery. One bot, and the people who have a chat with it.

An update is kept until one with a higher offset is asked for. A second getUpdates cuts off one that
waits (409). A person who blocks the bot is 403; somebody who never wrote to it, or a group that
became a supergroup, is 400. Telegram publishes "about 30 messages a second" and no window; this one
has a window of four seconds.

Control: {"people": [5001, ...]}                who has a chat with the bot
         {"block": [5001, ...]}                 and blocks it now
         {"write": [{"from": 5001, "text": "Y 20"}, ...]}   also "chat": a group's number
         {"tap": [{"from": 5001, "message": 1, "row": 0, "column": 1}, ...]}
         {"updates": [...]}                     raw ones; each gets its update_id
         {"poll": true}                         another program asks for the updates once
         {"advance": seconds}                   Telegram's clock goes ahead of this machine's
         {"per_second": count}
and it answers {"messages": [{"to", "text", "buttons"}, ...], "refused": {description: count},
"requests": {method: count}, "waiting": updates, "acknowledged": [tap, ...]}.
"""

import collections
import email.utils
import hmac
import json
import re
import time
import urllib.parse

from provider import Answer

WINDOW = 4


class Refused(Exception):
    def __init__(self, code, description, parameters=None):
        super().__init__(description)
        self.code = code
        self.parameters = parameters


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--token", required=True, help="the bot's token, as BotFather shows it")
        parser.add_argument("--per-second", type=int, default=30)

    def __init__(self, options):
        self.token = options.token
        self.per_second = options.per_second
        self.people = set()
        self.blocked = set()
        self.messages = []  # message_id is the place, from 1
        self.updates = []
        self.next_update = 700000001
        self.next_tap = 1
        self.open_taps = set()
        self.acknowledged = []
        self.asked = collections.deque()
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.conflicts = 0  # requests that will be cut off
        self.ahead = 0

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.per_second = order.get("per_second", self.per_second)
        self.people |= set(order.get("people", []))
        self.blocked |= set(order.get("block", []))
        self.conflicts += 1 if order.get("poll") else 0
        for written in order.get("write", []):
            self.people.add(written["from"])
            self.update({"message": self.message(written)})
        for tap in order.get("tap", []):
            self.tap(tap)
        for raw in order.get("updates", []):
            self.update(raw)
        return {"messages": [{"to": one["chat"]["id"], "text": one["text"],
                              "buttons": one.get("reply_markup", {}).get("inline_keyboard", [])}
                             for one in self.messages if not one["from"]["id"] in self.people],
                "refused": self.refused, "requests": self.requests,
                "waiting": len(self.updates), "acknowledged": self.acknowledged}

    def update(self, value):
        self.updates.append({"update_id": self.next_update, **value})
        self.next_update += 1

    def message(self, written):
        chat = written.get("chat", written["from"])
        message = {"message_id": len(self.messages) + 1,
                   "from": {"id": written["from"], "is_bot": False, "first_name": "Ana"},
                   "chat": {"id": chat, "type": "private" if chat > 0 else "group"},
                   "date": int(self.now()), "text": written["text"]}
        self.messages.append(message)
        return message

    def tap(self, tap):
        message = self.messages[tap["message"] - 1]
        button = message["reply_markup"]["inline_keyboard"][tap["row"]][tap["column"]]
        query = {"id": str(90000 + self.next_tap), "chat_instance": "-4",
                 "from": {"id": tap["from"], "is_bot": False, "first_name": "Ana"},
                 "message": message, "data": button["callback_data"]}
        self.next_tap += 1
        self.open_taps.add(query["id"])
        self.update({"callback_query": query})

    def now(self):
        return time.time() + self.ahead

    # What Telegram does.
    def answer(self, method, target, headers, body):
        date = {"Date": email.utils.formatdate(self.now(), usegmt=True)}
        try:
            url = urllib.parse.urlsplit(target)
            named = re.fullmatch(r"/bot([^/]+)/(\w+)", url.path)
            if not named or not re.fullmatch(r"\d+:[\w-]+", named[1]):
                raise Refused(404, "Not Found")
            if not hmac.compare_digest(named[1], self.token):
                raise Refused(401, "Unauthorized")
            self.requests[named[2]] += 1
            arguments = dict(urllib.parse.parse_qsl(url.query))
            if body:
                if headers.get("Content-Type") != "application/json":
                    raise Refused(400, "Bad Request: object expected as JSON")
                arguments.update(json.loads(body))
            result = self.call(named[2], arguments)
            return Answer(200, {"ok": True, "result": result}, date)
        except Refused as refused:
            self.refused[str(refused)] += 1
            said = {"ok": False, "error_code": refused.code, "description": str(refused)}
            if refused.parameters:
                said["parameters"] = refused.parameters
            return Answer(refused.code, said, date)

    def call(self, name, arguments):
        if name == "sendMessage":
            return self.send(arguments)
        if name == "getUpdates":
            return self.page(arguments)
        if name == "answerCallbackQuery":
            return self.acknowledge(arguments)
        raise Refused(404, "Not Found")

    def page(self, arguments):
        if self.conflicts > 0:
            self.conflicts -= 1
            raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that "
                          "only one bot instance is running")
        allowed = json.loads(arguments.get("allowed_updates", "[]"))
        offset = int(arguments.get("offset", 0))
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        wanted = [one for one in self.updates if not allowed or any(kind in one for kind in allowed)]
        # The test's clock does not wait: what a long poll would wait for is not there yet.
        return wanted[:min(100, int(arguments.get("limit", 100)))]

    def send(self, arguments):
        self.count()
        chat = arguments.get("chat_id")
        if not isinstance(chat, int) and not re.fullmatch(r"-?\d+", str(chat)):
            raise Refused(400, "Bad Request: chat_id is empty")
        chat = int(chat)
        text = arguments.get("text")
        if not text:
            raise Refused(400, "Bad Request: message text is empty")
        if len(text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat == 4242:
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat",
                          {"migrate_to_chat_id": -1004242})
        if chat not in self.people:
            raise Refused(400, "Bad Request: chat not found")
        known = {"chat_id", "text", "reply_markup", "link_preview_options", "disable_notification"}
        if not set(arguments) <= known:
            raise Refused(400, "Bad Request: unknown parameter")  # stricter than Telegram
        markup = arguments.get("reply_markup", {})
        for row in markup.get("inline_keyboard", []):
            for button in row:
                data = button.get("callback_data", "").encode()
                if not button.get("text") or not 1 <= len(data) <= 64:
                    raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        message = {"message_id": len(self.messages) + 1, "date": int(self.now()), "text": text,
                   "from": {"id": int(self.token.split(":")[0]), "is_bot": True,
                            "first_name": "Call-in"},
                   "chat": {"id": chat, "type": "private"}}
        if markup:
            message["reply_markup"] = markup
        self.messages.append(message)
        return message

    def count(self):
        now = self.now()
        while self.asked and self.asked[0] <= now - WINDOW:
            self.asked.popleft()
        if len(self.asked) >= WINDOW * self.per_second:
            wait = int(self.asked[0] + WINDOW - now) + 1
            raise Refused(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        self.asked.append(now)

    def acknowledge(self, arguments):
        tap = arguments.get("callback_query_id")
        if tap not in self.open_taps:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or "
                          "query ID is invalid")
        if len(arguments.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.open_taps.discard(tap)
        self.acknowledged.append(tap)
        return True
