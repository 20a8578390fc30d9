// Bytes as tocsin-relay(5) writes them: integers with the most significant byte first, LEB128,
// base64url. Reading what is not there throws Refused; whoever reads treats that as "no".

export class Refused extends Error {}

export const utf8 = (text) => new TextEncoder().encode(text);

export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new Refused('malformed');
  }
}

export function concat(...parts) {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const isSame = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

export function fromBase64(text) {
  const isSpelt = /^[\w-]*$/.test(text) && text.length % 4 !== 1;
  const binary = isSpelt ? atob(text.replaceAll('-', '+').replaceAll('_', '/')) : '';
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  // One way to write each value: no bits are left over in the last letter.
  if (toBase64(bytes) !== text) throw new Refused('malformed');
  return bytes;
}

export class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  raw(size) {
    if (this.at + size > this.bytes.length) throw new Refused('malformed');
    this.at += size;
    return this.bytes.slice(this.at - size, this.at);
  }
  u8() {
    return this.raw(1)[0];
  }
  u16() {
    return this.u8() * 256 + this.u8();
  }
  u64() {
    return this.raw(8).reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  }
  time() {
    return Number(BigInt.asIntN(64, this.u64()));
  }
  varint() {
    let value = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 128) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Refused('malformed');
  }
  sized() {
    return this.raw(this.varint());
  }
  text() {
    return textOf(this.sized());
  }
  rest() {
    return this.raw(this.bytes.length - this.at);
  }
  end() {
    if (this.at < this.bytes.length) throw new Refused('malformed');
  }
}

export const u8 = (value) => Uint8Array.of(value);
export const u16 = (value) => Uint8Array.of(value >> 8, value);
export function u64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
export const time = u64;
export function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Uint8Array.of(...bytes, value);
}
export const sized = (bytes) => concat(varint(bytes.length), bytes);
export const text = (value) => sized(utf8(value));
