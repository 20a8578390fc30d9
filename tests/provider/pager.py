"""A program as the channel exec starts it, written from tocsin-channel(5), EXEC: the gateway of a
hospital's pagers. What it was given and what people answered stand in files of the folder --state,
so that another one goes on where it died.

    pager.py --state FOLDER [--dies N] [--hangs N] [--noise] [--twice]

--dies     ends without a word after N messages of this run
--hangs    goes silent after N messages of this run, and reads no more
--noise    writes lines that are none in between, and receipts of messages that nobody sent
--twice    writes everything twice

FOLDER/sent has a line for each message that went out: its id and its address. A second copy of an
id is not sent again. FOLDER/answers has lines that people answered: "ID FROM TIME WORDS". FOLDER/kept
has the ids of those that it may forget.
"""

import argparse
import json
import os
import re
import signal
import sys


class Wrong(Exception):
    pass


def checked(line):
    if len(line.encode()) > 8192 or not line.endswith("\n"):
        raise Wrong("line")
    value = json.loads(line)
    if value.get("type") == "kept":
        if set(value) != {"type", "id"}:
            raise Wrong("kept")
        return value
    kinds = {"type": str, "id": str, "to": str, "text": str, "asks": bool, "urgent": bool,
             "expires": str}
    if {name: type(one) for name, one in value.items()} != kinds or value["type"] != "message":
        raise Wrong("members")
    if not re.fullmatch(r"[\w-]{22}", value["id"]):
        raise Wrong("id")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value["expires"]):
        raise Wrong("expires")
    return value


class Gateway:
    def __init__(self, options):
        self.options = options
        self.given = 0
        self.sent = {line.split()[0] for line in self.lines("sent")}

    def path(self, name):
        return os.path.join(self.options.state, name)

    def lines(self, name):
        if not os.path.exists(self.path(name)):
            return []
        with open(self.path(name), encoding="utf-8") as file:
            return file.read().splitlines()

    def note(self, name, line):
        with open(self.path(name), "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def say(self, value):
        for _ in range(2 if self.options.twice else 1):
            print(json.dumps(value), flush=True)

    def say_answers(self):
        kept = set(self.lines("kept"))
        for line in self.lines("answers"):
            theirs, sender, at, words = line.split(" ", 3)
            if theirs not in kept:
                self.say({"type": "said", "id": theirs, "from": sender, "text": words, "at": at})

    def make_noise(self):
        if self.options.noise:
            forged = json.dumps({"type": "receipt", "id": "A" * 22, "state": "delivered"})
            for line in (b"pager gateway 1.2", b"\xff\xfe\x00", b"{" * 3000, b"x" * 9000, b"",
                         b'{"type":"receipt"}', forged.encode()):
                sys.stdout.buffer.write(line + b"\n")

    def take(self, message):
        self.make_noise()
        self.given += 1
        if self.options.hangs and self.given > self.options.hangs:
            signal.pause()
        if message["id"] not in self.sent:
            self.sent.add(message["id"])
            self.note("sent", f"{message['id']} {message['to']}")
        if self.options.dies and self.given > self.options.dies:
            os._exit(1)  # it went out, and nobody hears of it
        self.say({"type": "receipt", "id": message["id"], "state": "sent"})
        self.say({"type": "receipt", "id": message["id"], "state": "delivered"})

    def run(self):
        self.say_answers()
        for line in sys.stdin:
            value = checked(line)
            if value["type"] == "kept":
                self.note("kept", value["id"])
            else:
                self.take(value)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", required=True)
    parser.add_argument("--dies", type=int)
    parser.add_argument("--hangs", type=int)
    parser.add_argument("--noise", action="store_true")
    parser.add_argument("--twice", action="store_true")
    Gateway(parser.parse_args()).run()


if __name__ == "__main__":
    main()
