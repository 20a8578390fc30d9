// HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, over WebCrypto.
// One message a context.
import {concat, u16, utf8} from './bytes.js';

export const AES_256_GCM = 2;  // the only AEAD of the two that browsers have

const KEM_SUITE = concat(utf8('KEM'), u16(0x20));
const SUITE = concat(utf8('HPKE'), u16(0x20), u16(1), u16(AES_256_GCM));
const NONE = new Uint8Array();

const {subtle} = crypto;
const bytesOf = async (promise) => new Uint8Array(await promise);
const labelled = (suite, label, bytes) => concat(utf8('HPKE-v1'), suite, utf8(label), bytes);
export const imported = (raw, algorithm, ...uses) =>
  subtle.importKey('raw', raw, algorithm, false, uses);

// LabeledExtract without a salt, which HMAC takes as zeros.
const extract = async (label, bytes) => bytesOf(subtle.sign(
  'HMAC', await imported(new Uint8Array(32), {name: 'HMAC', hash: 'SHA-256'}, 'sign'),
  labelled(SUITE, label, bytes)));

// LabeledExtract and then LabeledExpand: WebCrypto's HKDF is both in one.
async function derive(suite, salt, [from, secret], label, about, size) {
  const key = await imported(labelled(suite, from, secret), 'HKDF', 'deriveBits');
  const info = concat(u16(size), labelled(suite, label, about));
  return bytesOf(subtle.deriveBits({name: 'HKDF', hash: 'SHA-256', salt, info}, key, 8 * size));
}

export const publicOf = (key) => bytesOf(subtle.exportKey('raw', key));
export const generate = () => subtle.generateKey('X25519', false, ['deriveBits']);

// `other` is the public key to agree with. Throws on a point of small order, as WebCrypto does.
async function context(privateKey, other, enc, recipient, info) {
  const shared = await bytesOf(
    subtle.deriveBits({name: 'X25519', public: await imported(other, 'X25519')}, privateKey, 256));
  const salt = await derive(
    KEM_SUITE, NONE, ['eae_prk', shared], 'shared_secret', concat(enc, recipient), 32);
  const about = concat(
    [0], await extract('psk_id_hash', NONE), await extract('info_hash', info));
  const part = (label, size) => derive(SUITE, salt, ['secret', NONE], label, about, size);
  return {
    enc,
    key: await imported(await part('key', 32), 'AES-GCM', 'encrypt', 'decrypt'),
    nonce: await part('base_nonce', 12)
  };
}

// `ephemeral` is given by the test vectors only.
export async function setupSender(recipient, info, ephemeral) {
  const {privateKey, publicKey} = ephemeral ?? await generate();
  return context(privateKey, recipient, await publicOf(publicKey), recipient, info);
}
export const setupRecipient = (enc, privateKey, recipient, info) =>
  context(privateKey, enc, enc, recipient, info);

const aes = (iv, additionalData) => ({name: 'AES-GCM', iv, additionalData});
export const seal = ({key, nonce}, aad, plaintext) =>
  bytesOf(subtle.encrypt(aes(nonce, aad), key, plaintext));
export const open = ({key, nonce}, aad, ciphertext) =>
  bytesOf(subtle.decrypt(aes(nonce, aad), key, ciphertext));
