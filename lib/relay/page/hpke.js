// HPKE (RFC 9180) over WebCrypto: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
// A context seals or opens only one message, so it keeps no counter.
import {concat, encodeU16, utf8} from './bytes.js';

// The AEAD's number in the RFC. The other one of tocsin-envelope(5), ChaCha20-Poly1305, is not in
// WebCrypto.
export const AES_256_GCM = 2;

const KEM_SUITE = concat(utf8('KEM'), encodeU16(0x20));
const SUITE = concat(utf8('HPKE'), encodeU16(0x20), encodeU16(1), encodeU16(AES_256_GCM));
const EMPTY = new Uint8Array();

const {subtle} = crypto;

async function bytesOf(promise) {
  return new Uint8Array(await promise);
}

export function importRaw(raw, algorithm, ...uses) {
  return subtle.importKey('raw', raw, algorithm, false, uses);
}

function labelled(suite, label, bytes) {
  return concat(utf8('HPKE-v1'), suite, utf8(label), bytes);
}

// LabeledExtract with an empty salt. HMAC pads its key with zeros, so 32 zeros are the same key.
async function extract(label, bytes) {
  const key = await importRaw(new Uint8Array(32), {name: 'HMAC', hash: 'SHA-256'}, 'sign');
  return bytesOf(subtle.sign('HMAC', key, labelled(SUITE, label, bytes)));
}

// LabeledExtract, then LabeledExpand: WebCrypto's HKDF does both in one call.
async function derive(suite, salt, extracted, expanded, size) {
  const key = await importRaw(
    labelled(suite, extracted.label, extracted.secret), 'HKDF', 'deriveBits');
  const info = concat(encodeU16(size), labelled(suite, expanded.label, expanded.context));
  return bytesOf(subtle.deriveBits({name: 'HKDF', hash: 'SHA-256', salt, info}, key, 8 * size));
}

export function publicOf(key) {
  return bytesOf(subtle.exportKey('raw', key));
}

export function generate() {
  return subtle.generateKey('X25519', false, ['deriveBits']);
}

// `enc` is the public half of the ephemeral key. WebCrypto throws on a point of small order.
async function newContext(privateKey, publicKey, enc, recipient, info) {
  const algorithm = {name: 'X25519', public: await importRaw(publicKey, 'X25519')};
  const shared = await bytesOf(subtle.deriveBits(algorithm, privateKey, 256));
  const salt = await derive(
    KEM_SUITE, EMPTY, {label: 'eae_prk', secret: shared},
    {label: 'shared_secret', context: concat(enc, recipient)}, 32);

  const pskIdHash = await extract('psk_id_hash', EMPTY);
  const infoHash = await extract('info_hash', info);
  const context = concat([0], pskIdHash, infoHash);  // 0: base mode
  const secret = {label: 'secret', secret: EMPTY};
  const key = await derive(SUITE, salt, secret, {label: 'key', context}, 32);
  const nonce = await derive(SUITE, salt, secret, {label: 'base_nonce', context}, 12);
  return {enc, key: await importRaw(key, 'AES-GCM', 'encrypt', 'decrypt'), nonce};
}

// Only the test vectors give an ephemeral key.
export async function setupSender(recipient, info, ephemeral) {
  const {privateKey, publicKey} = ephemeral ?? await generate();
  return newContext(privateKey, recipient, await publicOf(publicKey), recipient, info);
}

export function setupRecipient(enc, privateKey, recipient, info) {
  return newContext(privateKey, enc, enc, recipient, info);
}

export function seal({key, nonce}, aad, plaintext) {
  const algorithm = {name: 'AES-GCM', iv: nonce, additionalData: aad};
  return bytesOf(subtle.encrypt(algorithm, key, plaintext));
}

export function open({key, nonce}, aad, ciphertext) {
  const algorithm = {name: 'AES-GCM', iv: nonce, additionalData: aad};
  return bytesOf(subtle.decrypt(algorithm, key, ciphertext));
}
