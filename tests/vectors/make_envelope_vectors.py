#!/usr/bin/env python3
"""Writes envelope.json from tocsin-envelope(5) alone: a second implementation, on other code.

It shares nothing with lib/seal: HPKE is spelt out here after RFC 9180 on the primitives of the Python
package `cryptography`. Run it only when the format changes:
    python3 tests/vectors/make_envelope_vectors.py > tests/vectors/envelope.json
"""
import base64, hashlib, hmac, json, struct
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

AES, CHACHA = 2, 3
CREATED, EXPIRES = 1763850000000, 1763850000000 + 3_600_000
NOW = CREATED + 1000


def key(name):
    return hashlib.sha256(b"tocsin vector " + name.encode()).digest()


def opening(name):
    return X25519PrivateKey.from_private_bytes(key(name))


def signing(name):
    return Ed25519PrivateKey.from_private_bytes(key(name))


def public(private):
    return private.public_key().public_bytes_raw()


def mac(secret, text):
    return hmac.new(secret, text, hashlib.sha256).digest()


def extract(suite, salt, label, ikm):
    return mac(salt, b"HPKE-v1" + suite + label + ikm)


def expand(suite, prk, label, info, size):
    return mac(prk, struct.pack(">H", size) + b"HPKE-v1" + suite + label + info + b"\x01")[:size]


def hpke_seal(aead, ephemeral, recipient, info, aad, plaintext, sequence=0):
    enc = public(ephemeral)
    dh = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    kem = b"KEM\x00\x20"
    prk = extract(kem, b"", b"eae_prk", dh)
    shared = expand(kem, prk, b"shared_secret", enc + recipient, 32)
    suite = b"HPKE\x00\x20\x00\x01" + struct.pack(">H", aead)
    schedule = (b"\x00" + extract(suite, b"", b"psk_id_hash", b"")
                + extract(suite, b"", b"info_hash", info))
    secret = extract(suite, shared, b"secret", b"")
    cipher_key = expand(suite, secret, b"key", schedule, 32)
    nonce = int.from_bytes(expand(suite, secret, b"base_nonce", schedule, 12), "big") ^ sequence
    cipher = {AES: AESGCM, CHACHA: ChaCha20Poly1305}[aead](cipher_key)
    return cipher.encrypt(nonce.to_bytes(12, "big"), plaintext, aad)


def envelope(aead=AES, ephemeral="ephemeral", recipient="recipient", signer="signer", kind=1,
             realness=2, message=b"\x11" * 16, incident=b"\x22" * 16, created=CREATED,
             expires=EXPIRES, payload=b"come in", magic=b"TOCE", version=1, said_aead=None,
             size=None, said_length=None, padding=None, domain=1, info=b"tocsin/v1/envelope",
             aad=None, sequence=0, signed_for=None, signed_enc=None, spoil=None):
    clear = magic + struct.pack(">BH", version, said_aead if said_aead is not None else aead)
    clear += public(opening(ephemeral))
    inside = struct.pack(">BB", kind, realness) + message + incident
    inside += struct.pack(">qq", created, expires) + public(signing(signer))
    inside += struct.pack(">H", len(payload) if said_length is None else said_length) + payload
    signed_clear = clear[:7] + public(opening(signed_enc)) if signed_enc else clear
    text = signed_clear + public(opening(signed_for or recipient)) + inside
    signature = signing(signer).sign(b"tocsin/v1" + bytes([domain]) + text)
    if spoil is not None:
        signature = bytes([signature[0] ^ spoil]) + signature[1:]
    inside += signature
    if size is None:
        size = 1024
        while size < len(inside) + 55:
            size *= 2
    inside += (padding or b"").ljust(size - 55 - len(inside), b"\x00")
    if padding:
        assert inside.endswith(padding) or padding in inside
    return clear + hpke_seal(aead, opening(ephemeral), public(opening(recipient)), info,
                             clear if aad is None else aad, inside, sequence)


vectors = []


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def add(name, outcome, now=NOW, sealed=None, **how):
    vector = {"name": name, "outcome": outcome, "now": now,
              "envelope": b64(sealed if sealed is not None else envelope(**how))}
    if outcome == "opened":
        vector |= {"aead": how.get("aead", AES), "kind": how.get("kind", 1),
                   "realness": how.get("realness", 2),
                   "message": b64(how.get("message", b"\x11" * 16)),
                   "incident": b64(how.get("incident", b"\x22" * 16)),
                   "created": how.get("created", CREATED), "expires": how.get("expires", EXPIRES),
                   "payload": b64(how.get("payload", b"come in"))}
    vectors.append(vector)


add("a request, AES-256-GCM", "opened")
add("a request, ChaCha20-Poly1305", "opened", aead=CHACHA)
add("every field another", "opened", kind=6, realness=1, message=bytes(range(16)),
    incident=b"\x00" * 16, created=0, expires=253402300799999, payload=bytes(range(256)) * 3)
add("no payload", "opened", payload=b"")
add("the longest payload of the first size", "opened", payload=b"y" * 821)
add("the shortest payload of the second size", "opened", payload=b"y" * 822)
add("the longest payload", "opened", payload=bytes(i % 251 for i in range(16000)))
add("one millisecond before it expires", "opened", now=EXPIRES - 1)
add("a clock that is a year slow", "opened", now=CREATED - 365 * 86_400_000)

add("expired this millisecond", "expired", now=EXPIRES)
add("expired long ago", "expired", now=EXPIRES + 10**10)

add("sealed to somebody else", "not for us", recipient="other", signed_for="other")
add("sealed to us, signed for somebody else", "bad signature", signed_for="other")
add("sealed again to us with another ephemeral key", "bad signature", signed_enc="other")
add("signed as a certificate", "bad signature", domain=2)
add("one bit of the signature", "bad signature", spoil=1)
forged = envelope()
add("another version, resealed", "malformed", version=2)
add("version 0", "malformed", version=0)
add("another magic", "malformed", magic=b"TOCK")
add("AES-128-GCM", "malformed", said_aead=1)
add("export only", "malformed", said_aead=0xFFFF)
add("the other cipher's name", "not for us", aead=AES, said_aead=CHACHA)
add("another info", "not for us", info=b"tocsin/v2/envelope")
add("no aad", "not for us", aad=b"")
add("the second message of its context", "not for us", sequence=1)
add("an ephemeral key of small order", "not for us", sealed=forged[:7] + bytes(32) + forged[39:])
add("an ephemeral key with its ignored bit set", "not for us",
    sealed=forged[:38] + bytes([forged[38] ^ 0x80]) + forged[39:])

add("kind 0", "malformed", kind=0)
add("kind 7", "malformed", kind=7)
add("neither real nor exercise", "malformed", realness=0)
add("realness 3", "malformed", realness=3)
add("created before 1970", "malformed", created=-1)
add("expires after 9999", "malformed", expires=253402300800000)
add("a byte of padding is not zero", "malformed", padding=b"\x01")
add("the last byte of padding is not zero", "malformed",
    padding=b"\x00" * (1024 - 55 - 148 - 7 - 1) + b"\x01")
add("twice as large as need be", "malformed", size=2048)
add("a payload longer than the envelope", "malformed", said_length=16000)
add("a payload of 65535", "malformed", said_length=65535)
add("a payload of 16001", "malformed", payload=b"y" * 16001)
add("a length one short", "malformed", said_length=6, payload=b"come in")
add("nothing", "malformed", sealed=b"")
add("1024 zeros", "malformed", sealed=bytes(1024))

print(json.dumps({
    "about": "tocsin-envelope(5): made by make_envelope_vectors.py; bytes are base64url, times are "
             "milliseconds since 1970",
    "recipient_secret": b64(key("recipient")),
    "ephemeral_secret": b64(key("ephemeral")),
    "signer_seed": b64(key("signer")),
    "signer_public": b64(public(signing("signer"))),
    "recipient_public": b64(public(opening("recipient"))),
    "vectors": vectors,
}, indent=1))
