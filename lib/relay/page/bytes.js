// Bytes in the encoding of tocsin-relay(5). Decoding malformed bytes throws Refused.

export class Refused extends Error {}

export function ensure(condition, reason = 'malformed') {
  if (!condition) throw new Refused(reason);
}

export const LAST_TIME = 253402300799999;  // the end of the year 9999, in milliseconds
const MOST_VARINT_BYTES = 4;

export function isSame(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function concat(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function random(size) {
  return crypto.getRandomValues(new Uint8Array(size));
}

export function utf8(text) {
  return new TextEncoder().encode(text);
}

// Refuses bytes that are not UTF-8: the decoder would put a replacement character there.
export function textOf(bytes) {
  const text = new TextDecoder().decode(bytes);
  ensure(isSame(utf8(text), bytes));
  return text;
}

export function toBase64(bytes) {
  const padded = btoa(String.fromCharCode(...bytes));
  return padded.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64(text) {
  ensure(/^[\w-]*$/.test(text) && text.length % 4 !== 1);
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Each value has one spelling: the unused bits of the last character must be 0.
  ensure(toBase64(bytes) === text);
  return bytes;
}

export class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  raw(size) {
    const end = this.at + size;
    ensure(end <= this.bytes.length);
    const part = this.bytes.slice(this.at, end);
    this.at = end;
    return part;
  }

  number(size) {
    return this.raw(size).reduce((value, byte) => 256 * value + byte, 0);
  }

  u8() {
    return this.number(1);
  }

  u16() {
    return this.number(2);
  }

  time() {
    const value = this.number(8);
    ensure(value <= LAST_TIME);
    return value;
  }

  varint() {
    let value = 0;
    for (let i = 0; i < MOST_VARINT_BYTES; ++i) {
      const byte = this.u8();
      value += (byte % 128) * 128 ** i;
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

  expectEnd() {
    ensure(this.at === this.bytes.length);
  }
}

export function encodeU16(value) {
  return [value >> 8, value & 255];
}

export function encodeTime(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.floor(value)));
  return bytes;
}

export function encodeVarint(value) {
  const bytes = [];
  let left = value;
  while (left >= 128) {
    bytes.push(128 + left % 128);
    left = Math.floor(left / 128);
  }
  bytes.push(left);
  return bytes;
}

export function encodeSized(bytes) {
  return concat(encodeVarint(bytes.length), bytes);
}

export function encodeText(value) {
  return encodeSized(utf8(value));
}
