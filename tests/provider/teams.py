"""Microsoft's sign-in for applications and Microsoft Graph's notifications in Teams, by their
documentation (learn.microsoft.com: OAuth 2.0 client credentials flow;
teamwork: sendActivityNotificationToRecipients).

Everybody exists whose id is a UUID that does not begin with 0.

Control: {"advance": seconds}      their clock goes ahead
and it answers {"told": [{"to", "text", "opens"}, ...], "refused": {status: count}, "tokens": count}.
"""

import collections
import json
import re
import time
import urllib.parse
import uuid

from provider import Answer

UUID = "[1-9a-f][0-9a-f]{7}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
RECIPIENT = "microsoft.graph.aadUserNotificationRecipient"


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--tenant", required=True)
        parser.add_argument("--app", required=True)
        parser.add_argument("--secret", default="s3cret")
        parser.add_argument("--life", type=int, default=3599)

    def __init__(self, options):
        self.settings = options
        self.ahead = 0
        self.tokens = {}  # until when each is valid
        self.told = []
        self.refused = collections.Counter()

    def control(self, order):
        self.ahead += order.get("advance", 0)
        return {"told": self.told, "refused": self.refused, "tokens": len(self.tokens)}

    def now(self):
        return time.time() + self.ahead

    def answer(self, method, target, headers, body):
        if (method, target) == ("POST", f"/{self.settings.tenant}/oauth2/v2.0/token"):
            answer = self.sign_in(body)
        elif (method, target) == ("POST",
                                  "/v1.0/teamwork/sendActivityNotificationToRecipients"):
            answer = self.notify(headers, body)
        else:
            answer = Answer(404, {})
        if answer.status >= 300:
            self.refused[str(answer.status)] += 1
        return answer

    def sign_in(self, body):
        form = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
        if form != {"client_id": self.settings.app, "client_secret": self.settings.secret,
                    "scope": "https://graph.microsoft.com/.default",
                    "grant_type": "client_credentials"}:
            return Answer(401, {"error": "invalid_client"})
        token = uuid.uuid4().hex
        self.tokens[token] = self.now() + self.settings.life
        return Answer(200, {"token_type": "Bearer", "expires_in": self.settings.life,
                            "ext_expires_in": self.settings.life, "access_token": token})

    def notify(self, headers, body):
        token = (headers.get("Authorization") or "").removeprefix("Bearer ")
        left = self.tokens.get(token, 0) - self.now()
        if left <= 0:
            return Answer(401, {})
        if left < 45 * 60:
            return Answer(412, {})
        asked = json.loads(body)
        recipients = asked["recipients"]
        topic, text = asked["topic"], asked["previewText"]["content"]
        parameters = {one["name"]: one["value"] for one in asked["templateParameters"]}
        sound = (1 <= len(recipients) <= 100 and topic["source"] == "text"
                 and topic["webUrl"].startswith("https://teams.microsoft.com/l/")
                 and asked["activityType"] == "systemDefault"
                 and set(parameters) == {"systemDefaultText"}
                 and all(one["@odata.type"] == RECIPIENT and re.fullmatch(UUID, one["userId"])
                         for one in recipients))
        if not sound:
            return Answer(400, {"error": {"code": "BadRequest"}})
        self.told += [{"to": one["userId"], "text": text, "opens": topic["webUrl"]}
                      for one in recipients]
        return Answer(202, b"")
