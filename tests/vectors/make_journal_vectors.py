#!/usr/bin/env python3
"""Writes sound.journal and journal.json from tocsin-journal(5) alone: a second implementation.

It shares nothing with lib/journal and lib/seal: the ciphers and signatures are those of the Python
package `cryptography`, BLAKE2b is hashlib's. Run it only when the format changes, in this folder:
    python3 make_journal_vectors.py
"""
import hashlib, json, os, sqlite3, struct
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHACHA = 3  # opens on every processor
ISSUED, EXPIRES = 1763850000000, 1763850000000 + 86_400_000


def key(name):
    return hashlib.sha256(b"tocsin journal vector " + name.encode()).digest()


def public(private):
    return private.public_key().public_bytes_raw()


def signing(name):
    return Ed25519PrivateKey.from_private_bytes(key(name + " signs"))


def opening(name):
    return X25519PrivateKey.from_private_bytes(key(name + " opens"))


def sign(name, domain, message):
    return signing(name).sign(b"tocsin/v1" + bytes([domain]) + message)


def hash_of(text):
    return hashlib.blake2b(text, digest_size=32).digest()


def certificate(name, role, serial):
    said = name.encode()
    text = b"TOCC" + bytes([1, role]) + public(signing(name)) + public(opening(name))
    text += bytes([len(said)]) + said + struct.pack(">Qqq", serial, ISSUED, EXPIRES)
    text += public(signing("organisation"))
    return text + sign("organisation", 2, text)


STORE = key("store")
ID = key("id")[:16]


def aad(number):
    return b"tocsin/v1/journal" + ID + struct.pack(">Q", number)


def seal(number, text):
    nonce = key("nonce %d" % number)[:12]
    return bytes([CHACHA]) + nonce + ChaCha20Poly1305(STORE).encrypt(nonce, text, aad(number))


AUTHORS = [("Dr A. Okafor, on-call director", 1), ("M. Lindqvist, site manager", 2)]
TRANSACTIONS = [  # author, events
    (0, [b"declared"]),
    (0, [b"asked A", b"", b"asked C" * 40]),
    (1, [bytes(range(256))]),
    (0, [b"ended", b"told everybody"]),
]

if os.path.exists("sound.journal"):
    os.remove("sound.journal")
file = sqlite3.connect("sound.journal", isolation_level=None)
file.executescript("""
PRAGMA page_size = 1024;
PRAGMA application_id = 0x546F6373;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
CREATE TABLE journal(id BLOB NOT NULL, proof BLOB NOT NULL, wrapped_key BLOB NOT NULL) STRICT;
CREATE TABLE author(number INTEGER PRIMARY KEY, certificate BLOB NOT NULL) STRICT;
CREATE TABLE event(number INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL, author INTEGER, signature BLOB) STRICT;
CREATE TABLE lease(name TEXT PRIMARY KEY, owner BLOB NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
""")
proof = seal(0, b"")
file.execute("INSERT INTO journal VALUES (?, ?, ?)", (ID, proof, b"not looked at"))
certificates = [certificate(name, role, n) for n, (name, role) in enumerate(AUTHORS, 1)]
for number, encoded in enumerate(certificates, 1):
    file.execute("INSERT INTO author VALUES (?, ?)", (number, encoded))
chain = hash_of(b"tocsin/v1/journal" + struct.pack(">I", 1) + ID + proof)
number = 0
events = []
for author, texts in TRANSACTIONS:
    first = number + 1
    for text in texts:
        number += 1
        body = seal(number, text)
        chain = hash_of(chain + struct.pack(">Q", number) + body)
        signature = None
        if text is texts[-1]:
            attestation = ID + struct.pack(">QQ", first, number) + chain
            signature = sign(AUTHORS[author][0], 4, attestation + hash_of(certificates[author]))
        file.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?)",
                     (number, chain, body, author + 1 if signature else None, signature))
        events.append({"number": number, "event": text.hex(), "hash": chain.hex(),
                       "author": AUTHORS[author][0]})
file.close()
with open("journal.json", "w") as out:
    json.dump({"store_key": STORE.hex(), "id": ID.hex(),
               "organisation": public(signing("organisation")).hex(), "head": chain.hex(),
               "events": events}, out, indent=1)
    out.write("\n")
