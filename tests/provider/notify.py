"""GOV.UK Notify's API for text messages, by its documentation (docs.notifications.service.gov.uk,
REST API): JSON web tokens, sending, the list of what was sent, the list of what was received.

Texts play the parts of Notify's test numbers: 07700900002 has a permanent failure and 07700900003 a
temporary one; so have perm-fail@simulator.notify and temp-fail@simulator.notify; all others are
delivered. A text is "sending" until a test settles it.

Control: {"settle": true}                       every text gets its final status
         {"hear": [{"from": "447700900123", "content": "Y 20"}, ...]}
         {"twice": true}                        lists say every entry twice
         {"advance": seconds}                   Notify's clock goes ahead of this machine's
and it answers {"texts": [{"to", "message", "subject", "reference", "status"}, ...], "refused": {error: count},
"requests": {"METHOD path": count}, "most_in_a_minute": count}.
"""

import base64
import collections
import datetime
import email.utils
import hashlib
import hmac
import json
import re
import time
import urllib.parse
import uuid

from provider import Answer

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
PAGE = 250
FAILURES = {"+447700900002": "permanent-failure", "+447700900003": "temporary-failure",
            "perm-fail@simulator.notify": "permanent-failure",
            "temp-fail@simulator.notify": "temporary-failure"}


class Refused(Exception):
    def __init__(self, status, error, message):
        super().__init__(message)
        self.status = status
        self.error = error


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--key", required=True, help="an API key, as Notify shows it")
        parser.add_argument("--template", default="5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21")
        parser.add_argument("--per-minute", type=int, default=3000)
        parser.add_argument("--per-day", type=int, default=250000)

    def __init__(self, options):
        name, self.issuer, self.secret = re.fullmatch(
            f"(.+)-({UUID})-({UUID})", options.key).groups()
        self.options_ = options
        self.ahead = 0
        self.texts = []  # the oldest first
        self.received = []
        self.asked = collections.deque()  # times, of the last minute
        self.most_in_a_minute = 0
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.twice = False

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.twice = order.get("twice", self.twice)
        for text in self.texts if order.get("settle") else []:
            text["status"] = FAILURES.get(text["phone_number"] or text["email_address"], "delivered")
        for heard in order.get("hear", []):
            self.received.append({
                "id": str(uuid.uuid4()), "user_number": heard["from"],
                "notify_number": "447860000000", "service_id": self.issuer,
                "created_at": self.stamp(), "content": heard["content"]})
        return {
            "texts": [{"to": text["phone_number"] or text["email_address"],
                       "message": text["body"], "subject": text["subject"],
                       "reference": text["reference"], "status": text["status"]}
                      for text in self.texts],
            "refused": self.refused, "requests": self.requests,
            "most_in_a_minute": self.most_in_a_minute}

    # What Notify does.
    def answer(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        self.requests[f"{method} {url.path}"] += 1
        date = {"Date": email.utils.formatdate(self.now(), usegmt=True)}
        try:
            self.authenticate(headers)
            query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
            status, value = self.route(method, url.path, query, body)
            return Answer(status, value, date)
        except Refused as refused:
            self.refused[refused.error] += 1
            return Answer(refused.status, {
                "status_code": refused.status,
                "errors": [{"error": refused.error, "message": str(refused)}]}, date)

    def now(self):
        return time.time() + self.ahead

    def stamp(self):
        at = datetime.datetime.fromtimestamp(self.now(), datetime.timezone.utc)
        return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def authenticate(self, headers):
        bearer = re.fullmatch(r"Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)",
                              headers.get("Authorization") or "")
        if not bearer:
            raise Refused(401, "AuthError", "Unauthorized: authentication token must be provided")
        header, claims, signature = bearer.groups()
        try:
            head, said = json.loads(decoded(header)), json.loads(decoded(claims))
            issuer, issued = said["iss"], said["iat"]
        except (ValueError, KeyError, TypeError):
            raise Refused(403, "AuthError", "Invalid token: not a token") from None
        if head != {"typ": "JWT", "alg": "HS256"} or set(said) != {"iss", "iat"}:
            raise Refused(403, "AuthError", "Invalid token: algorithm used is not HS256")
        right = hmac.new(self.secret.encode(), f"{header}.{claims}".encode(), hashlib.sha256)
        if issuer != self.issuer or not hmac.compare_digest(right.digest(), decoded(signature)):
            raise Refused(403, "AuthError", "Invalid token: API key not found")
        if not isinstance(issued, int) or abs(self.now() - issued) > 30:
            raise Refused(403, "AuthError",
                          "Error: Your system clock must be accurate to within 30 seconds")

    def route(self, method, path, query, body):
        if (method, path) == ("POST", "/v2/notifications/sms"):
            return self.send(body, "sms", "phone_number", {"sms_sender_id"})
        if (method, path) == ("POST", "/v2/notifications/email"):
            return self.send(body, "email", "email_address",
                             {"email_reply_to_id", "one_click_unsubscribe_url"})
        if (method, path) == ("GET", "/v2/notifications"):
            if not set(query) <= {"template_type", "status", "reference", "older_than"}:
                raise Refused(400, "ValidationError", "Additional properties are not allowed")
            kind = query.get("template_type")
            of_kind = [text for text in self.texts if kind in (None, text["type"])]
            return self.page("notifications", of_kind, query)
        if (method, path) == ("GET", "/v2/received-text-messages"):
            if not set(query) <= {"older_than"}:
                raise Refused(400, "ValidationError", "Additional properties are not allowed")
            return self.page("received_text_messages", self.received, query)
        raise Refused(404, "NoResultFound", "No result found")

    def page(self, name, entries, query):
        newest_first = entries[::-1]
        if "older_than" in query:
            if not re.fullmatch(UUID, query["older_than"]):
                raise Refused(400, "ValidationError", "older_than is not a valid UUID")
            ids = [entry["id"] for entry in newest_first]
            known = query["older_than"] in ids
            newest_first = newest_first[ids.index(query["older_than"]) + 1:] if known else []
        page = newest_first[:PAGE]
        if self.twice:
            page = [entry for entry in page for _ in range(2)]
        links = {"current": f"https://api.notifications.service.gov.uk/v2/{name}"}
        return 200, {name: page, "links": links}

    def send(self, body, kind, address, more):
        self.count()
        try:
            asked = json.loads(body)
        except ValueError:
            raise Refused(400, "BadRequestError", "Invalid JSON supplied in POST data") from None
        known = {address, "template_id", "personalisation", "reference", *more}
        if not isinstance(asked, dict) or not set(asked) <= known:
            raise Refused(400, "ValidationError", "Additional properties are not allowed")
        read = self.number if kind == "sms" else self.mailbox
        to = read(asked.get(address))
        if not re.fullmatch(UUID, str(asked.get("template_id"))):
            raise Refused(400, "ValidationError", "template_id is not a valid UUID")
        if asked["template_id"] != self.options_.template:
            raise Refused(400, "BadRequestError", "Template not found")
        message = (asked.get("personalisation") or {}).get("message")
        subject = (asked.get("personalisation") or {}).get("subject")
        if message is None or (kind == "email" and subject is None):
            raise Refused(400, "BadRequestError", "Missing personalisation: message, subject")
        if kind == "sms" and len(message) > 918:
            raise Refused(400, "BadRequestError", "Content for template has a character count "
                          "greater than the limit of 918")
        if len(self.texts) >= self.options_.per_day:
            raise Refused(429, "TooManyRequestsError",
                          f"Exceeded send limits ({self.options_.per_day}) for today")
        text = {"id": str(uuid.uuid4()), "reference": asked.get("reference"), "type": kind,
                "phone_number": None, "email_address": None, address: to,
                "status": "sending", "body": message, "subject": subject,
                "template": {"id": asked["template_id"], "version": 1},
                "created_at": self.stamp(), "sent_at": None, "completed_at": None}
        self.texts.append(text)
        return 201, {"id": text["id"], "reference": text["reference"],
                     "content": {"body": message, "from_number": "447860000000"},
                     "uri": f"https://api.notifications.service.gov.uk/v2/notifications/{text['id']}",
                     "template": text["template"]}

    def count(self):
        now = self.now()
        while self.asked and self.asked[0] <= now - 60:
            self.asked.popleft()
        self.asked.append(now)  # what is refused counts as well
        self.most_in_a_minute = max(self.most_in_a_minute, len(self.asked))
        if len(self.asked) > self.options_.per_minute:
            raise Refused(429, "RateLimitError", "Exceeded rate limit for key type LIVE of "
                          f"{self.options_.per_minute} requests per 60 seconds")

    @staticmethod
    def mailbox(text):
        if not isinstance(text, str):
            raise Refused(400, "ValidationError", "email_address is a required property")
        if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@([\w-]+\.)+[A-Za-z]{2,}", text):
            raise Refused(400, "ValidationError", "email_address Not a valid email address")
        return text

    @staticmethod
    def number(text):
        if not isinstance(text, str):
            raise Refused(400, "ValidationError", "phone_number is a required property")
        digits = re.sub(r"[ ().-]", "", text)
        if digits.startswith("0"):
            digits = "+44" + digits[1:]
        if not re.fullmatch(r"\+?\d+", digits):
            raise Refused(400, "ValidationError", "phone_number Must not contain letters or symbols")
        if digits.startswith("+44") and not re.fullmatch(r"\+447\d{9}", digits):
            raise Refused(400, "ValidationError", "phone_number Not a UK mobile number")
        return digits
