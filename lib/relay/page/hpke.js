// HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, over WebCrypto.
// One message a context, as tocsin-envelope(5) wants it. Private keys need not be extractable.
import {concat, u16, utf8} from './bytes.js';

export const AES_256_GCM = 2;  // the only AEAD of the two that browsers have

const KEM_SUITE = concat(utf8('KEM'), u16(0x20));
const SUITE = concat(utf8('HPKE'), u16(0x20), u16(1), u16(AES_256_GCM));
const NONE = new Uint8Array();

async function hmac(key, message) {
  // HMAC fills a short key with zeros itself; WebCrypto refuses an empty one.
  const imported = await crypto.subtle.importKey(
      'raw', key.length ? key : new Uint8Array(32), {name: 'HMAC', hash: 'SHA-256'}, false,
      ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

const extract = (suite, salt, label, ikm) =>
    hmac(salt, concat(utf8('HPKE-v1'), suite, utf8(label), ikm));

// For at most one block of 32 bytes, which is all that this suite asks for.
async function expand(suite, prk, label, info, size) {
  const block = await hmac(
      prk, concat(u16(size), utf8('HPKE-v1'), suite, utf8(label), info, Uint8Array.of(1)));
  return block.slice(0, size);
}

const importPublic = (raw) => crypto.subtle.importKey('raw', raw, 'X25519', true, []);
export const publicOf = async (key) => new Uint8Array(await crypto.subtle.exportKey('raw', key));

// Throws on a point of small order, as WebCrypto does.
async function sharedSecret(privateKey, publicRaw, enc, recipient) {
  const dh = new Uint8Array(await crypto.subtle.deriveBits(
      {name: 'X25519', public: await importPublic(publicRaw)}, privateKey, 256));
  const prk = await extract(KEM_SUITE, NONE, 'eae_prk', dh);
  return expand(KEM_SUITE, prk, 'shared_secret', concat(enc, recipient), 32);
}

async function schedule(secretOfKem, info) {
  const context = concat(
      Uint8Array.of(0), await extract(SUITE, NONE, 'psk_id_hash', NONE),
      await extract(SUITE, NONE, 'info_hash', info));
  const secret = await extract(SUITE, secretOfKem, 'secret', NONE);
  const key = await expand(SUITE, secret, 'key', context, 32);
  return {
    key: await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']),
    nonce: await expand(SUITE, secret, 'base_nonce', context, 12),
  };
}

export const generate = () => crypto.subtle.generateKey({name: 'X25519'}, false, ['deriveBits']);

// `ephemeral` is given by the test vectors only.
export async function setupSender(recipient, info, ephemeral) {
  const pair = ephemeral ?? await generate();
  const enc = await publicOf(pair.publicKey);
  const secret = await sharedSecret(pair.privateKey, recipient, enc, recipient);
  return {enc, ...await schedule(secret, info)};
}

export async function setupRecipient(enc, privateKey, recipient, info) {
  return schedule(await sharedSecret(privateKey, enc, enc, recipient), info);
}

export async function seal({key, nonce}, aad, plaintext) {
  return new Uint8Array(await crypto.subtle.encrypt(
      {name: 'AES-GCM', iv: nonce, additionalData: aad}, key, plaintext));
}

export async function open({key, nonce}, aad, ciphertext) {
  return new Uint8Array(await crypto.subtle.decrypt(
      {name: 'AES-GCM', iv: nonce, additionalData: aad}, key, ciphertext));
}
