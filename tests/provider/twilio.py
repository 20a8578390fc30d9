"""Twilio's API for text messages and calls, by its documentation (twilio.com/docs/messaging/api, message
resource; voice/api/call-resource, voice/twiml; usage/webhooks/webhooks-security): sending, the list of
texts, calls with inline TwiML, status callbacks, signatures.

A text is "queued" until a test settles it. +447700900002 is unreachable (30003), +447700900003 is no
mobile (30006), +447700900004 has sent STOP (21610); all others are delivered.

Control: {"settle": true}                       every text gets its final status
         {"hear": [{"from": "+447700900123", "body": "Y 20"}, ...]}
         {"twice": true}                        the list says every entry twice
         {"advance": seconds}                   Twilio's clock goes ahead of this machine's
         {"pick_up": {"to": NUMBER, "keys": ["1", "25"], "answered_by": "human"}}
                                                 the call to this number is answered, and each Gather
                                                 gets the next keys; without keys somebody hangs up
         {"ends": {"to": NUMBER, "status": "busy"}}   it is not
and it answers {"texts": [{"to", "body", "status", ...}], "refused": {code: count}, "requests": ...,
"posts": [{"url", "form", "signature"}, ...], "heard": [TwiML, ...]}. What Twilio posts to webhooks goes to
--webhooks, whatever host their address names, and without that nowhere.
"""

import base64
import collections
import datetime
import email.utils
import hashlib
import hmac
import re
import time
import urllib.parse
import urllib.request
import uuid
import xml.etree.ElementTree

from provider import Answer

OUTCOMES = {"+447700900002": ("undelivered", 30003), "+447700900003": ("undelivered", 30006)}
STOPPED = "+447700900004"


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status = status
        self.code = code


def sid(kind):
    return kind + uuid.uuid4().hex


def signature(token, url, form):
    text = url + "".join(name + value for name, value in sorted(form.items()))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--account", required=True)
        parser.add_argument("--token", required=True)
        parser.add_argument("--sender", default="+447700900999")
        parser.add_argument("--per-second", type=int, default=100)
        parser.add_argument("--webhooks", help="http://127.0.0.1:PORT")
        parser.add_argument("--page", type=int, default=1000, help="no page is larger")

    def __init__(self, options):
        self.options_ = options
        self.ahead = 0
        self.texts = []  # in both directions, the oldest first
        self.asked = collections.deque()
        self.refused = collections.Counter()
        self.requests = collections.Counter()
        self.posts = []
        self.twice = False
        self.calls = []
        self.heard = []  # what people heard, the documents

    # What a test does.
    def control(self, order):
        self.ahead += order.get("advance", 0)
        self.twice = order.get("twice", self.twice)
        if order.get("settle"):
            for text in self.texts:
                if text["direction"] == "outbound-api" and text["status"] == "queued":
                    self.settle(text)
        for heard in order.get("hear", []):
            self.texts.append({**self.blank(), "sid": sid("SM"), "from": heard["from"],
                               "to": self.options_.sender, "body": heard["body"],
                               "direction": "inbound", "status": "received"})
        if "pick_up" in order:
            self.pick_up(**order["pick_up"])
        if "ends" in order:
            self.end(self.call_to(order["ends"]["to"]), order["ends"]["status"], None)
        return {"heard": self.heard, "calls": self.calls,
                "texts": [text for text in self.texts if text["direction"] == "outbound-api"],
                "refused": self.refused, "requests": self.requests, "posts": self.posts}

    def settle(self, text):
        text["status"], text["error_code"] = OUTCOMES.get(text["to"], ("delivered", None))
        if text["callback"]:
            form = {"MessageSid": text["sid"], "MessageStatus": text["status"],
                    "To": text["to"], "From": text["from"],
                    "AccountSid": self.options_.account, "ApiVersion": "2010-04-01"}
            if text["error_code"]:
                form["ErrorCode"] = str(text["error_code"])
            self.post(text["callback"], form)

    def post(self, url, form):
        signed = signature(self.options_.token, url, form)
        body = urllib.parse.urlencode(form)
        self.posts.append({"url": url, "form": body, "signature": signed})
        if not self.options_.webhooks:
            return ""
        asked = urllib.parse.urlsplit(url)
        request = urllib.request.Request(
            f"{self.options_.webhooks}{asked.path}?{asked.query}", body.encode(),
            {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"})
        with urllib.request.urlopen(request, timeout=15) as answered:
            assert answered.headers["Content-Type"] == "text/xml", answered.headers
            return answered.read().decode()

    def call_to(self, number):
        return next(call for call in self.calls if call["to"] == number and call["status"] == "queued")

    def pick_up(self, to, keys, answered_by="human"):
        call = self.call_to(to)
        call["status"] = "in-progress"
        document = call["twiml"]
        for pressed in [*keys, None]:
            self.heard.append(document)
            gather = xml.etree.ElementTree.fromstring(document).find("Gather")
            if gather is None or pressed is None:
                break
            assert len(pressed) <= int(gather.get("numDigits")), "more keys than it takes"
            document = self.post(gather.get("action"), {
                "CallSid": call["sid"], "To": to, "From": call["from"], "Digits": pressed,
                "AccountSid": self.options_.account, "CallStatus": "in-progress"})
        self.end(call, "completed", answered_by)

    def end(self, call, status, answered_by):
        call["status"] = status
        form = {"CallSid": call["sid"], "To": call["to"], "From": call["from"], "CallStatus": status,
                "AccountSid": self.options_.account, "CallDuration": "9"}
        if answered_by:
            form["AnsweredBy"] = answered_by
        self.post(call["callback"], form)

    # What Twilio does.
    def answer(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        self.requests[f"{method} {url.path}"] += 1
        date = {"Date": email.utils.formatdate(self.now(), usegmt=True)}
        try:
            self.authenticate(headers)
            self.count()
            if (method, url.path) == (
                    "POST", f"/2010-04-01/Accounts/{self.options_.account}/Calls.json"):
                return Answer(201, self.call(body), date)
            if url.path != f"/2010-04-01/Accounts/{self.options_.account}/Messages.json":
                raise Refused(404, 20404, "The requested resource was not found")
            if method == "POST":
                return Answer(201, self.send(headers, body), date)
            return Answer(200, self.page(url), date)
        except Refused as refused:
            self.refused[str(refused.code)] += 1
            return Answer(refused.status, {
                "code": refused.code, "message": str(refused), "status": refused.status,
                "more_info": f"https://www.twilio.com/docs/errors/{refused.code}"}, date)

    def now(self):
        return time.time() + self.ahead

    def stamp(self):
        at = datetime.datetime.fromtimestamp(self.now(), datetime.timezone.utc)
        return email.utils.format_datetime(at)

    def blank(self):
        return {"account_sid": self.options_.account, "api_version": "2010-04-01",
                "date_created": self.stamp(), "date_sent": self.stamp(),
                "date_updated": self.stamp(), "error_code": None, "error_message": None,
                "messaging_service_sid": None, "num_media": "0", "num_segments": "1",
                "price": None, "price_unit": "USD", "callback": None}

    def authenticate(self, headers):
        right = base64.b64encode(f"{self.options_.account}:{self.options_.token}".encode()).decode()
        if headers.get("Authorization") != "Basic " + right:
            raise Refused(401, 20003, "Authenticate")

    def count(self):
        now = self.now()
        while self.asked and self.asked[0] <= now - 1:
            self.asked.popleft()
        self.asked.append(now)
        if len(self.asked) > self.options_.per_second:
            raise Refused(429, 20429, "Too Many Requests")

    def send(self, headers, body):
        if headers.get("Content-Type") != "application/x-www-form-urlencoded":
            raise Refused(415, 20415, "Unsupported media type")
        asked = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
        known = {"To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod"}
        if not set(asked) <= known:
            raise Refused(400, 20001, "Unknown parameters")
        if not re.fullmatch(r"\+\d{8,15}", asked.get("To", "")):
            raise Refused(400, 21211, "The 'To' number is not a valid phone number.")
        if asked.get("From") != self.options_.sender:
            raise Refused(400, 21606, "The From phone number is not a valid, SMS-capable number")
        if not asked.get("Body") or len(asked["Body"]) > 1600:
            raise Refused(400, 21617, "The concatenated message body exceeds the 1600 limit")
        if not 1 <= int(asked.get("ValidityPeriod", 36000)) <= 36000:
            raise Refused(400, 21712, "ValidityPeriod out of range")
        if asked["To"] == STOPPED:
            raise Refused(400, 21610, "Attempt to send to unsubscribed recipient")
        text = {**self.blank(), "sid": sid("SM"), "to": asked["To"], "from": asked["From"],
                "body": asked["Body"], "direction": "outbound-api", "status": "queued",
                "callback": asked.get("StatusCallback"), "validity": asked.get("ValidityPeriod")}
        self.texts.append(text)
        return {name: value for name, value in text.items() if name not in ("callback", "validity")}

    def call(self, body):
        asked = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
        known = {"To", "From", "Twiml", "Timeout", "MachineDetection", "StatusCallback"}
        if not set(asked) <= known:
            raise Refused(400, 20001, "Unknown parameters")
        if not re.fullmatch(r"\+\d{8,15}", asked.get("To", "")):
            raise Refused(400, 21211, "Invalid 'To' Phone Number")
        if asked.get("From") != self.options_.sender:
            raise Refused(400, 21212, "Invalid From Number (caller ID)")
        if len(asked["Twiml"]) > 4000:
            raise Refused(400, 21227, "Twiml is too long")
        document = xml.etree.ElementTree.fromstring(asked["Twiml"])
        if document.tag != "Response":
            raise Refused(400, 12100, "Document parse failure")
        call = {"sid": sid("CA"), "to": asked["To"], "from": asked["From"], "status": "queued",
                "twiml": asked["Twiml"], "callback": asked["StatusCallback"]}
        self.calls.append(call)
        return {name: call[name] for name in ("sid", "to", "from", "status")}

    def page(self, url):
        query = dict(urllib.parse.parse_qsl(url.query))
        if not set(query) <= {"PageSize", "DateSent>", "Page", "PageToken", "To", "From"}:
            raise Refused(400, 20001, "Unknown parameters")
        size = min(int(query.get("PageSize", 50)), 1000, self.options_.page)
        since = datetime.date.fromisoformat(query.get("DateSent>", "1970-01-01"))
        texts = [text for text in self.texts[::-1]
                 if email.utils.parsedate_to_datetime(text["date_sent"]).date() >= since]
        number = int(query.get("Page", 0))
        # A page goes on from the text that its token names, whatever came meanwhile.
        begin = 0
        if "PageToken" in query:
            sids = [text["sid"] for text in texts]
            begin = sids.index(query["PageToken"][2:]) + 1 if query["PageToken"][2:] in sids else 0
        found = texts[begin:begin + size]
        more = begin + size < len(texts)
        following = urllib.parse.urlencode({
            "PageSize": size, "DateSent>": str(since), "Page": number + 1,
            "PageToken": "PA" + found[-1]["sid"]}) if more else None
        shown = [{name: value for name, value in text.items()
                  if name not in ("callback", "validity")} for text in found]
        if self.twice:
            shown = [text for text in shown for _ in range(2)]
        return {"messages": shown, "page": number, "page_size": size, "start": begin,
                "next_page_uri": f"{url.path}?{following}" if more else None,
                "previous_page_uri": None, "uri": url.path}
