"""NaCl's crypto_box in plain python, as its papers define it: X25519 (RFC 7748), HSalsa20 and
XSalsa20 (D. J. Bernstein, "Extending the Salsa20 nonce"), Poly1305 (RFC 8439, 2.5). Slow, and not
safe against whoever measures it: for tests."""

import struct

P = 2**255 - 19
MASK = 0xFFFFFFFF


def x25519(secret, point):
    k = bytearray(secret)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    u = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for bit in range(254, -1, -1):
        k_t = k >> bit & 1
        if swap ^ k_t:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = k_t
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a % P, c * b % P
        aa, bb = a * a % P, b * b % P
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        e = aa - bb
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def public(secret):
    return x25519(secret, b"\x09" + bytes(31))


def rotated(value, by):
    value &= MASK
    return (value << by | value >> 32 - by) & MASK


def rounds(state):
    x = list(state)

    def quarter(a, b, c, d):
        x[b] ^= rotated(x[a] + x[d], 7)
        x[c] ^= rotated(x[b] + x[a], 9)
        x[d] ^= rotated(x[c] + x[b], 13)
        x[a] ^= rotated(x[d] + x[c], 18)

    for _ in range(10):
        for column in ((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11)):
            quarter(*column)
        for row in ((0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)):
            quarter(*row)
    return x


def state_of(key, block):
    k = struct.unpack("<8I", key)
    n = struct.unpack("<4I", block)
    s = struct.unpack("<4I", b"expand 32-byte k")
    return (s[0], *k[:4], s[1], *n, s[2], *k[4:], s[3])


def hsalsa20(key, block):
    x = rounds(state_of(key, block))
    return struct.pack("<8I", *(x[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def xsalsa20(key, nonce, size):
    inner = hsalsa20(key, nonce[:16])
    out = b""
    for counter in range(size // 64 + 1):
        state = state_of(inner, nonce[16:] + struct.pack("<Q", counter))
        out += struct.pack("<16I", *((a + b) & MASK for a, b in zip(rounds(state), state)))
    return out[:size]


def poly1305(key, text):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(text), 16):
        total = (total + int.from_bytes(text[at:at + 16] + b"\x01", "little")) * r % (2**130 - 5)
    return (total + int.from_bytes(key[16:], "little") & 2**128 - 1).to_bytes(16, "little")


def stream_of(secret, other, nonce, size):
    return xsalsa20(hsalsa20(x25519(secret, other), bytes(16)), nonce, 32 + size)


def box(secret, to, nonce, content):
    stream = stream_of(secret, to, nonce, len(content))
    sealed = bytes(a ^ b for a, b in zip(content, stream[32:]))
    return poly1305(stream[:32], sealed) + sealed


def unbox(secret, sender, nonce, boxed):
    tag, sealed = boxed[:16], boxed[16:]
    stream = stream_of(secret, sender, nonce, len(sealed))
    if poly1305(stream[:32], sealed) != tag:
        return None
    return bytes(a ^ b for a, b in zip(sealed, stream[32:]))
