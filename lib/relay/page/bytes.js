// Bytes as tocsin-relay(5) writes them. Reading what is not there throws Refused.

export class Refused extends Error {}

export function need(isSo, reason = 'malformed') {
  if (!isSo) throw new Refused(reason);
}

const LAST_TIME = 253402300799999;  // the end of the year 9999

export const isSame = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
export const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));

export const utf8 = (text) => new TextEncoder().encode(text);
export function textOf(bytes) {
  const text = new TextDecoder().decode(bytes);
  need(isSame(utf8(text), bytes));
  return text;
}

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
export function fromBase64(text) {
  need(/^[\w-]*$/.test(text) && text.length % 4 !== 1);
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  need(toBase64(bytes) === text);  // one way to write each value: no bits are left over
  return bytes;
}

export class Reader {
  at = 0;
  constructor(bytes) { this.bytes = bytes; }
  raw(size) {
    need(this.at + size <= this.bytes.length);
    return this.bytes.slice(this.at, this.at += size);
  }
  number(size) { return this.raw(size).reduce((value, byte) => 256 * value + byte, 0); }
  u8() { return this.number(1); }
  u16() { return this.number(2); }
  time() {
    const value = this.number(8);
    need(value <= LAST_TIME);
    return value;
  }
  varint(most = 4) {
    need(most > 0);
    const byte = this.u8();
    return byte < 128 ? byte : byte - 128 + 128 * this.varint(most - 1);
  }
  sized() { return this.raw(this.varint()); }
  text() { return textOf(this.sized()); }
  rest() { return this.raw(this.bytes.length - this.at); }
  end() { need(this.at === this.bytes.length); }
}

export const u16 = (value) => [value >> 8, value];
export const time = (value) => Array.from('76543210', (i) => Math.floor(value / 256 ** i));
export const varint = (value) =>
  (value < 128 ? [value] : [value % 128 + 128, ...varint(value >> 7)]);
export const sized = (bytes) => [...varint(bytes.length), ...bytes];
export const text = (value) => sized(utf8(value));
