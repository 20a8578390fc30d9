"""Threema's Gateway for end-to-end encrypted messages, by its documentation
(gateway.threema.ch/developer): /pubkeys, /send_e2e, /send_e2e_bulk, and the callback that it posts.

A person's ID is eight capitals or digits; their keys are made from it, so that every ID exists but
those that begin with 0. Every box is opened as the person's telephone would.

Control: {"forms": [{"from": ID, "words": text} or {"from": ID, "says": 1 to 4, "names": [hex, ...]}]}
             answers with the body of the callback of each, in "forms"
         {"rekeyed": [ID, ...]}     gives another key for them from now on
and it answers {"read": [{"to", "text", "name", "padded": bytes}, ...], "unread": how many boxes could not be opened,
"requests": {"METHOD path": count}, "largest_bulk": count}.
"""

import base64
import collections
import hashlib
import hmac
import json
import time
import urllib.parse

import nacl_box
from provider import Answer


def secret_of(identity):
    return hashlib.sha256(b"telephone of " + identity.encode()).digest()


class Refused(Exception):
    pass


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--id", default="*TOCSIN1")
        parser.add_argument("--secret", default="nevergonnagiveyouup")
        parser.add_argument("--key", required=True, help="the Gateway ID's public key, in hex")
        parser.add_argument("--credits", type=int, default=100000)

    def __init__(self, options):
        self.settings = options
        self.key = bytes.fromhex(options.key)
        self.credits = options.credits
        self.read = []
        self.unread = 0
        self.rekeyed = set()
        self.requests = collections.Counter()
        self.largest_bulk = 0
        self.names = 0

    # What a test does.
    def control(self, order):
        self.rekeyed |= set(order.get("rekeyed", []))
        return {"forms": [self.form(one) for one in order.get("forms", [])],
                "read": self.read, "unread": self.unread, "requests": self.requests,
                "largest_bulk": self.largest_bulk}

    def form(self, said):
        if "words" in said:
            content = b"\x01" + said["words"].encode()
        else:
            content = bytes([0x80, said["says"]]) + b"".join(map(bytes.fromhex, said["names"]))
        content += bytes([40]) * 40
        nonce = hashlib.sha256(str(self.names).encode()).digest()[:24]
        fields = {"from": said["from"], "to": self.settings.id, "messageId": self.name(),
                  "date": str(int(time.time())), "nonce": nonce.hex(),
                  "box": nacl_box.box(secret_of(said["from"]), self.key, nonce, content).hex()}
        fields["mac"] = hmac.new(self.settings.secret.encode(), "".join(fields.values()).encode(),
                                 hashlib.sha256).hexdigest()
        fields["nickname"] = "Ana & Co"
        return urllib.parse.urlencode(fields)

    def name(self):
        self.names += 1
        return f"{self.names:016x}"

    # What Threema does.
    def answer(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        self.requests[f"{method} {url.path}"] += 1
        query = dict(urllib.parse.parse_qsl(url.query))
        try:
            if method == "GET" and url.path.startswith("/pubkeys/"):
                self.authenticate(query)
                return self.text(self.public_key(urllib.parse.unquote(url.path.split("/")[2])))
            if (method, url.path) == ("POST", "/send_e2e"):
                form = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
                self.authenticate(form)
                return self.text(self.take(form["to"], bytes.fromhex(form["nonce"]),
                                           bytes.fromhex(form["box"])))
            if (method, url.path) == ("POST", "/send_e2e_bulk"):
                self.authenticate(query)
                return self.bulk(json.loads(body))
        except Refused as refused:
            return Answer(refused.args[0], b"")
        return Answer(404, b"")

    @staticmethod
    def text(words):
        return Answer(200, words.encode(), {"Content-Type": "text/plain"})

    def authenticate(self, fields):
        if fields.get("from") != self.settings.id or fields.get("secret") != self.settings.secret:
            raise Refused(401)

    def public_key(self, identity):
        if len(identity) != 8 or identity[0] == "0":
            raise Refused(404)
        if identity in self.rekeyed:
            return nacl_box.public(secret_of(identity + " again")).hex()
        return nacl_box.public(secret_of(identity)).hex()

    def bulk(self, messages):
        self.largest_bulk = max(self.largest_bulk, len(messages))
        results = []
        for one in messages:
            try:
                results.append({"messageId": self.take(
                    one["to"], base64.b64decode(one["nonce"], validate=True),
                    base64.b64decode(one["box"], validate=True))})
            except Refused as refused:
                results.append({"errorCode": refused.args[0]})
        return Answer(200, results)

    def take(self, to, nonce, boxed):
        if len(nonce) != 24 or len(boxed) > 4000:
            raise Refused(400 if len(nonce) != 24 else 413)
        if len(to) != 8 or to[0] == "0":
            raise Refused(400)
        if self.credits == 0:
            raise Refused(402)
        self.credits -= 1
        name = self.name()
        content = nacl_box.unbox(secret_of(to), self.key, nonce, boxed)
        if content is None or content[0] != 1 or content[-1] == 0:
            self.unread += 1
            return name
        self.read.append({"to": to, "text": content[1:-content[-1]].decode(), "name": name,
                          "padded": len(content) - 1})
        return name
