"""A mail server by its RFCs: submission (5321, 6409, 4954, 3207) and a mailbox (3501, 9051).

It takes a user and a password, over TLS only when it has a certificate, and reads every mail with
python's own parser.

Control: {"smtp": [{"at": STEP, "times": N, "say": "450 4.2.0 Later"}, ...]}
         {"smtp": [{"at": STEP, "times": N, "do": "cut" | "hang" | "slow" | "garbage"}, ...]}

STEP is what the client has just done: connect, ehlo, starttls, auth, mail, rcpt, data, text (the mail
is kept, unless something is said). It answers {"smtp": ORIGIN, "mails": [{"from", "to", "helo",
"connection", "lines", "headers", "body"}, ...], "connections": N, "refused_logins": N,
"commands": {VERB: N}}.

         {"arrive": [MAIL or {"mail": MAIL, "ago": seconds}, ...]}   comes into the mailbox
         {"expunge": [UID, ...]}     {"skip": N}    numbers that no mail gets
         {"validity": N}             the mailbox is made anew, with the same mails
         {"advance": seconds}        the server's clock goes ahead of this machine's
         {"imap": [{"at": STEP, "times": N, "say": "NO ..."} or {..., "do": ...}, ...]}

STEP is connect, login, select, status, list or fetch. "do" may be truncate as well: a literal that
ends before it should, and then the connection. It answers {"imap": ORIGIN, "fetched": {UID: N},
"imap_connections": N} too.
"""

import base64
import collections
import email
import email.policy
import re
import socket
import ssl
import threading
import time

from provider import Answer

LONGEST_LINE = 1000  # RFC 5321, 4.5.3.1.6


class Gone(Exception):
    pass


class Line:
    """A connection that speaks in lines."""

    def __init__(self, peer):
        self.peer = peer
        self.heard = b""

    def more(self):
        bytes_ = self.peer.recv(65536)
        if not bytes_:
            raise Gone
        self.heard += bytes_

    def read(self):
        while b"\n" not in self.heard:
            self.more()
        line, self.heard = self.heard.split(b"\n", 1)
        return line + b"\n"

    def say(self, text):
        self.peer.sendall(text.encode() + b"\r\n")

    def start_tls(self, context):
        assert not self.heard, "something was said before TLS began"
        self.peer = context.wrap_socket(self.peer, server_side=True)

    def close(self):
        try:
            self.peer.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.peer.close()


class Faults:
    def __init__(self):
        self.ordered = []

    def take(self, step):
        for fault in self.ordered:
            if fault["at"] == step and fault.setdefault("times", 1) > 0:
                fault["times"] -= 1
                return fault
        return None


class Provider:
    @staticmethod
    def options(parser):
        parser.add_argument("--user", default="call-ins")
        parser.add_argument("--password", default="secret")
        parser.add_argument("--certificate")
        parser.add_argument("--key")
        parser.add_argument("--implicit", action="store_true", help="TLS from the first byte")
        parser.add_argument("--no-starttls", action="store_true", help="never offers it")

    def __init__(self, options):
        self.options_ = options
        self.lock = threading.Lock()
        self.never = threading.Event()
        self.tls = None
        if options.certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(options.certificate, options.key)
        self.faults = Faults()
        self.mails = []
        self.connections = 0
        self.refused_logins = 0
        self.commands = collections.Counter()
        self.smtp = self.listen(Submission)
        self.imap_faults = Faults()
        self.imap_connections = 0
        self.ahead = 0
        self.validity = 7
        self.next = 1
        self.box = {}  # by number: when it came, and its bytes
        self.fetched = collections.Counter()
        self.imap = self.listen(Mailbox)

    def listen(self, speaker):
        listening = socket.create_server(("127.0.0.1", 0), backlog=128)

        def serve():
            while True:
                peer, _ = listening.accept()
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=speaker(self, peer).run, daemon=True).start()
        threading.Thread(target=serve, daemon=True).start()
        return listening.getsockname()[1]

    def origin(self, scheme, port):
        return f"{scheme}{'s' if self.options_.implicit else ''}://127.0.0.1:{port}"

    def answer(self, *_):
        return Answer(404, {})

    def control(self, order):
        with self.lock:
            self.faults.ordered += order.get("smtp", [])
            self.imap_faults.ordered += order.get("imap", [])
            self.ahead += order.get("advance", 0)
            self.next += order.get("skip", 0)
            for number in order.get("expunge", []):
                del self.box[number]
            if "validity" in order:
                self.validity = order["validity"]
                self.box = dict(enumerate(self.box.values(), start=1))
                self.next = len(self.box) + 1
            for mail in order.get("arrive", []):
                mail = mail if isinstance(mail, dict) else {"mail": mail}
                self.box[self.next] = (time.time() + self.ahead - mail.get("ago", 0),
                                       mail["mail"].encode("latin-1"))
                self.next += 1
            return {"imap": self.origin("imap", self.imap), "fetched": self.fetched,
                    "imap_connections": self.imap_connections,
                    "smtp": self.origin("smtp", self.smtp), "mails": self.mails,
                    "connections": self.connections, "refused_logins": self.refused_logins,
                    "commands": self.commands}

    def is_login(self, user, password):
        return (user, password) == (self.options_.user, self.options_.password)


class Submission:
    def __init__(self, provider, peer):
        self.provider = provider
        self.line = Line(peer)
        self.is_encrypted = False
        self.is_known = False
        self.helo = ""
        self.sender = None
        self.recipients = []

    def run(self):
        with self.provider.lock:
            self.provider.connections += 1
            self.connection = self.provider.connections
        try:
            if self.provider.options_.implicit:
                self.start_tls()
            self.answer("connect", "220 mail.test ESMTP")
            while True:
                self.command(self.line.read())
        except (Gone, OSError):
            pass
        finally:
            self.line.close()

    def start_tls(self):
        self.line.start_tls(self.provider.tls)
        self.is_encrypted = True

    def answer(self, step, usual):
        """Says what is usual, unless a test ordered otherwise. True when it was the usual."""
        with self.provider.lock:
            fault = self.provider.faults.take(step)
        if not fault:
            self.line.say(usual)
            return True
        if "say" in fault:
            self.line.say(fault["say"])
            if fault["say"].startswith("421"):
                raise Gone
            return False
        if fault["do"] == "cut":
            raise Gone
        if fault["do"] == "hang":
            self.provider.never.wait()
        if fault["do"] == "garbage":
            self.line.peer.sendall(b"\x00\xff<html>\r\n" * 3)
            raise Gone
        self.provider.never.wait(0.2)
        self.line.say(usual)
        return True

    def command(self, line):
        if not line.endswith(b"\r\n") or len(line) > LONGEST_LINE or b"\r" in line[:-2]:
            return self.line.say("500 5.5.2 A line ends with CRLF")
        text = line[:-2].decode("ascii", "replace")
        verb = text.split(" ")[0].upper()
        with self.provider.lock:
            self.provider.commands[verb] += 1
        does = getattr(self, "do_" + verb.lower(), None)
        return does(text) if does else self.line.say("502 5.5.1 No such command")

    def do_ehlo(self, text):
        self.helo = text[5:]
        offers = ["mail.test", "PIPELINING", "SIZE 1000000", "ENHANCEDSTATUSCODES", "8BITMIME"]
        options = self.provider.options_
        if self.provider.tls and not self.is_encrypted and not options.no_starttls:
            offers.append("STARTTLS")
        if self.is_encrypted or not self.provider.tls:
            offers.append("AUTH PLAIN LOGIN")
        self.answer("ehlo", "\r\n".join(
            f"250{' ' if offer is offers[-1] else '-'}{offer}" for offer in offers))

    def do_helo(self, text):
        self.helo = text[5:]
        self.answer("helo", "250 mail.test")

    def do_starttls(self, _):
        if not self.provider.tls or self.is_encrypted:
            return self.line.say("503 5.5.1 No TLS now")
        if self.answer("starttls", "220 2.0.0 Ready"):
            self.start_tls()
        return None

    def do_auth(self, text):
        parts = text.split(" ")
        if self.provider.tls and not self.is_encrypted:
            return self.line.say("538 5.7.11 Encryption required")
        if parts[1].upper() == "PLAIN":
            given = parts[2] if len(parts) > 2 else self.asked("")
            _, user, password = base64.b64decode(given).decode().split("\0")
        else:
            user = base64.b64decode(self.asked("VXNlcm5hbWU6")).decode()
            password = base64.b64decode(self.asked("UGFzc3dvcmQ6")).decode()
        if not self.provider.is_login(user, password):
            with self.provider.lock:
                self.provider.refused_logins += 1
            return self.line.say("535 5.7.8 Authentication credentials invalid")
        self.is_known = self.answer("auth", "235 2.7.0 Authentication successful")
        return None

    def asked(self, challenge):
        self.line.say("334 " + challenge)
        return self.line.read().decode().strip()

    def do_mail(self, text):
        if not self.is_known:
            return self.line.say("530 5.7.0 Authentication required")
        match = re.fullmatch(r"MAIL FROM:<([^<> ]+)>( SIZE=\d+| BODY=8BITMIME)*", text)
        if not match:
            return self.line.say("501 5.1.7 Bad sender")
        if self.answer("mail", "250 2.1.0 Ok"):
            self.sender, self.recipients = match[1], []
        return None

    def do_rcpt(self, text):
        match = re.fullmatch(r"RCPT TO:<([^<>@ ]+@[^<>@ ]+)>", text)
        if not match or self.sender is None:
            return self.line.say("501 5.1.3 Bad recipient")
        if self.answer("rcpt", "250 2.1.5 Ok"):
            self.recipients.append(match[1])
        return None

    def do_data(self, _):
        if not self.recipients:
            return self.line.say("503 5.5.1 No recipient")
        if not self.answer("data", "354 End with <CR><LF>.<CR><LF>"):
            return None
        lines = []
        while True:
            line = self.line.read()
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        return self.take(lines)

    def take(self, lines):
        is_sound = all(
            line.endswith(b"\r\n") and len(line) <= LONGEST_LINE and b"\r" not in line[:-2]
            for line in lines)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        kept = {"from": self.sender, "to": self.recipients, "helo": self.helo,
                "connection": self.connection, "lines": [line.decode("ascii") for line in lines],
                "headers": [[name, str(value)] for name, value in mail.items()],
                "body": mail.get_content().replace("\r\n", "\n")}
        self.sender, self.recipients = None, []
        if not is_sound:
            return self.line.say("554 5.6.0 Malformed")
        with self.provider.lock:
            said = any(fault["at"] == "text" and fault.get("times", 1) > 0 and "say" in fault
                       for fault in self.provider.faults.ordered)
            if not said:
                self.provider.mails.append(kept)
        self.answer("text", "250 2.0.0 Ok: queued")
        return None

    def do_rset(self, _):
        self.sender, self.recipients = None, []
        self.line.say("250 2.0.0 Ok")

    def do_noop(self, _):
        self.line.say("250 2.0.0 Ok")

    def do_quit(self, _):
        self.line.say("221 2.0.0 Bye")
        raise Gone


class Mailbox:
    def __init__(self, provider, peer):
        self.provider = provider
        self.line = Line(peer)
        self.is_encrypted = False
        self.is_known = False
        self.is_open = False
        self.tag = "*"

    def run(self):
        with self.provider.lock:
            self.provider.imap_connections += 1
        try:
            if self.provider.options_.implicit:
                self.start_tls()
            if not self.fault("connect"):
                self.line.say("* OK [CAPABILITY " + self.capabilities() + "] Ready")
            while True:
                line = self.line.read()
                assert line.endswith(b"\r\n")
                self.tag, command = line[:-2].decode("ascii").split(" ", 1)
                self.command(command)
        except (Gone, OSError):
            pass
        finally:
            self.line.close()

    def start_tls(self):
        self.line.start_tls(self.provider.tls)
        self.is_encrypted = True

    def capabilities(self):
        words = ["IMAP4rev1", "UIDPLUS"]
        options = self.provider.options_
        if self.provider.tls and not self.is_encrypted:
            words += ["LOGINDISABLED"] if options.no_starttls else ["LOGINDISABLED", "STARTTLS"]
        else:
            words += ["AUTH=PLAIN"]
        return " ".join(words)

    def fault(self, step):
        """Does what a test ordered. True when it did something that is no usual answer."""
        with self.provider.lock:
            fault = self.provider.imap_faults.take(step)
        if not fault:
            return False
        if "say" in fault:
            self.line.say(f"{self.tag} {fault['say']}")
            return True
        if fault["do"] == "hang":
            self.provider.never.wait()
        if fault["do"] == "garbage":
            self.line.peer.sendall(b"\x00\xff{<html>}\r\n" * 3)
        if fault["do"] == "truncate":
            self.line.peer.sendall(b"* 1 FETCH (UID 1 BODY[]<0> {5000}\r\nSubject: half of it\r\n")
        raise Gone

    def ok(self, text="Done"):
        self.line.say(f"{self.tag} OK {text}")

    def command(self, text):
        verb = text.split(" ")[0].upper()
        if verb == "CAPABILITY":
            self.line.say("* CAPABILITY " + self.capabilities())
            return self.ok()
        if verb == "STARTTLS" and self.provider.tls and not self.is_encrypted:
            self.ok("Begin")
            return self.start_tls()
        if verb == "AUTHENTICATE":
            return self.authenticate(text)
        if verb == "LOGOUT":
            self.line.say("* BYE")
            self.ok()
            raise Gone
        if verb == "NOOP":
            return self.ok()
        if not self.is_known:
            return self.line.say(f"{self.tag} BAD Log in first")
        if verb == "SELECT":
            return self.select()
        if verb == "STATUS":
            return self.status(text)
        listing = re.fullmatch(r"UID FETCH (\d+):(\d+) \(UID INTERNALDATE\)", text)
        if listing and self.is_open:
            return self.list(int(listing[1]), int(listing[2]))
        fetching = re.fullmatch(r"UID FETCH (\d+) BODY\[\]<0\.(\d+)>", text)
        if fetching and self.is_open:
            return self.fetch(int(fetching[1]), int(fetching[2]))
        return self.line.say(f"{self.tag} BAD No such command: {text}")

    def authenticate(self, text):
        assert text == "AUTHENTICATE PLAIN"
        self.line.say("+ ")
        _, user, password = base64.b64decode(self.line.read()).decode().split("\0")
        if self.fault("login"):
            return
        if not self.provider.is_login(user, password):
            with self.provider.lock:
                self.provider.refused_logins += 1
            self.line.say(f"{self.tag} NO [AUTHENTICATIONFAILED] Authentication failed.")
            return
        self.is_known = True
        self.ok("Logged in")

    def select(self):
        if self.fault("select"):
            return
        with self.provider.lock:
            count, validity, after = (
                len(self.provider.box), self.provider.validity, self.provider.next)
        self.line.say(f"* {count} EXISTS")
        self.line.say(f"* OK [UIDVALIDITY {validity}] UIDs valid")
        self.line.say(f"* OK [UIDNEXT {after}] Predicted next UID")
        self.is_open = True
        self.ok("[READ-WRITE] Select completed")

    def status(self, text):
        assert text == "STATUS INBOX (UIDNEXT UIDVALIDITY)"
        if self.fault("status"):
            return
        with self.provider.lock:
            validity, after = self.provider.validity, self.provider.next
        self.line.say(f"* STATUS INBOX (UIDNEXT {after} UIDVALIDITY {validity})")
        self.ok()

    def list(self, first, last):
        if self.fault("list"):
            return
        with self.provider.lock:
            box = sorted(self.provider.box.items())
        for at, (number, (came, _)) in enumerate(box, start=1):
            if first <= number <= last:
                date = time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime(came))
                self.line.say(f'* {at} FETCH (UID {number} INTERNALDATE "{date}")')
        self.ok()

    def fetch(self, number, most):
        if self.fault("fetch"):
            return
        with self.provider.lock:
            self.provider.fetched[str(number)] += 1
            mail = self.provider.box.get(number)
        if mail:
            part = mail[1][:most]
            self.line.peer.sendall(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(part)}}}\r\n".encode()
                                   + part + b")\r\n")
        self.ok()
