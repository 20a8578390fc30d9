// Keys, certificates and envelopes: tocsin-envelope(5), and HPKE (RFC 9180), which seals them. Opening
// an envelope proves who signed it. Whether that signer may say what it says is for the caller to
// decide.
import {
  concat, encodeTime, encodeU16, ensure, fromBase64, isSame, random, Reader, Refused, textOf, utf8
} from './bytes.js';

export const Domain = {envelope: 1, certificate: 2, request: 5, invitation: 6, standing: 7};
export const Kind = {request: 1, update: 3, reply: 4, enrolment: 5, acceptance: 6};
export const Role = {strategic: 1, tactical: 2, operational: 3, device: 5, invitation: 6};
export const REAL = 1;
const EXERCISE = 2;

export const CLOCK_TOLERANCE_MS = 10 * 60_000;
const {subtle} = crypto;

// What stands before the seed in an Ed25519 key of PKCS #8 (RFC 8410).
const PKCS8_ED25519 = fromBase64('MC4CAQAwBQYDK2VwBCIEIA');

function signedText(domain, message) {
  return concat(utf8('tocsin/v1'), [domain], message);
}

export function sign(privateKey, domain, message) {
  return bytesOf(subtle.sign('Ed25519', privateKey, signedText(domain, message)));
}

export async function verify(verifyKey, domain, message, signature) {
  try {
    const key = await importRaw(verifyKey, 'Ed25519', 'verify');
    return await subtle.verify('Ed25519', key, signature, signedText(domain, message));
  } catch {
    return false;  // the key is not a point of the curve
  }
}

// The one-time key of an invitation. It is extractable: only an export gives the public half.
export async function keyOfSeed(seed) {
  const pkcs8 = concat(PKCS8_ED25519, seed);
  const privateKey = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const jwk = await subtle.exportKey('jwk', privateKey);
  return {privateKey, verify: fromBase64(jwk.x)};
}

// The private keys are not extractable: no script can take them out of this browser.
export async function generateDevice() {
  const signing = await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const opening = await generateOpening();
  const identity =
    concat(await publicOf(signing.publicKey), await publicOf(opening.publicKey));
  return {signing: signing.privateKey, opening: opening.privateKey, identity};
}

export function verifyKeyOf(identity) {
  return identity.subarray(0, 32);
}

export function sealingKeyOf(identity) {
  return identity.subarray(32, 64);
}

export function sha512(bytes) {
  return bytesOf(subtle.digest('SHA-512', bytes));
}

export async function keyIdOf(identity) {
  const hash = await sha512(concat(utf8('tocsin/v1/key-id'), identity));
  return hash.slice(0, 16);
}

export function decodeCertificate(bytes) {
  const reader = new Reader(bytes);
  ensure(textOf(reader.raw(4)) === 'TOCC');
  ensure(reader.u8() === 1);  // the version
  const certificate = {
    role: reader.u8(),
    subject: reader.raw(64),
    name: textOf(reader.raw(reader.u8())),
    serial: reader.raw(8),
    issued: reader.time(),
    expires: reader.time(),
    issuer: reader.raw(32),
    signed: bytes.slice(0, reader.at),
    signature: reader.raw(64)
  };
  reader.expectEnd();
  const {role, name} = certificate;
  ensure(role >= 1 && role <= 6);
  ensure(utf8(name).length <= 80 && !/\p{Cc}/u.test(name));  // no control characters
  return certificate;
}

export async function isValid(certificate, organisation, now) {
  const {issuer, issued, expires, signed, signature} = certificate;
  if (!isSame(issuer, organisation)) return false;
  if (now < issued - CLOCK_TOLERANCE_MS || now >= expires) return false;
  return verify(organisation, Domain.certificate, signed, signature);
}

const INFO = utf8('tocsin/v1/envelope');
const CLEAR_BYTES = 39;
const TAG_BYTES = 16;
const FIXED_BYTES = 50 + 32 + 2 + 64;  // header, signer, payload's size, signature
const MOST_PAYLOAD_BYTES = 16_000;
const ENVELOPE_SIZES = [1024, 2048, 4096, 8192, 16384];

function envelopeSize(payloadBytes) {
  const least = CLEAR_BYTES + FIXED_BYTES + payloadBytes + TAG_BYTES;
  return ENVELOPE_SIZES.find((size) => size >= least);
}

function clearPart(enc) {
  return concat(utf8('TOCE'), [1], encodeU16(AES_256_GCM), enc);
}

// header: {kind, realness, id, incident, created, expires}; signer: {signing, identity}.
export async function sealEnvelope(recipient, header, payload, signer) {
  const context = await setupSender(recipient, INFO);
  const clear = clearPart(context.enc);
  const signed = concat(
    [header.kind, header.realness], header.id, header.incident, encodeTime(header.created),
    encodeTime(header.expires), verifyKeyOf(signer.identity), encodeU16(payload.length), payload);
  const signature =
    await sign(signer.signing, Domain.envelope, concat(clear, recipient, signed));
  const inner = new Uint8Array(envelopeSize(payload.length) - CLEAR_BYTES - TAG_BYTES);
  inner.set(concat(signed, signature));
  return concat(clear, await useOnce(context, 'encrypt', clear, inner));
}

// A message to the mailbox of `to`, as wire.js posts it. `about` may give its id.
export async function compose(to, about, lifeMs, payload, signer, created) {
  const header = {id: random(16), ...about, created, expires: created + lifeMs};
  const envelope = await sealEnvelope(sealingKeyOf(to), header, payload, signer);
  return {...header, mailbox: await keyIdOf(to), envelope};
}

async function decrypt(enc, clear, ciphertext, device, recipient) {
  try {
    const context = await setupRecipient(enc, device.opening, recipient, INFO);
    return await useOnce(context, 'decrypt', clear, ciphertext);
  } catch {
    throw new Refused('not for us');
  }
}

function readHeader(reader) {
  return {
    kind: reader.u8(),
    realness: reader.u8(),
    id: reader.raw(16),
    incident: reader.raw(16),
    created: reader.time(),
    expires: reader.time()
  };
}

// Checks in the order of the manual. Throws Refused with the manual's name of the rejection.
export async function openEnvelope(envelope, device, now) {
  ensure(ENVELOPE_SIZES.includes(envelope.length));
  const outside = new Reader(envelope);
  const clear = outside.raw(CLEAR_BYTES);
  const enc = clear.slice(7);
  ensure(isSame(clear, clearPart(enc)));
  const recipient = sealingKeyOf(device.identity);
  const inner = await decrypt(enc, clear, outside.rest(), device, recipient);

  const inside = new Reader(inner);
  const header = readHeader(inside);
  const {kind, realness, expires} = header;
  const signer = inside.raw(32);
  const payloadBytes = inside.u16();
  ensure(kind >= 1 && kind <= 6);
  ensure(realness === REAL || realness === EXERCISE);
  ensure(payloadBytes <= MOST_PAYLOAD_BYTES && envelopeSize(payloadBytes) === envelope.length);
  const payload = inside.raw(payloadBytes);
  const signed = concat(clear, recipient, inner.slice(0, inside.at));
  const signature = inside.raw(64);
  ensure(inside.rest().every((byte) => byte === 0));  // the padding
  ensure(await verify(signer, Domain.envelope, signed, signature), 'bad signature');
  ensure(now < expires, 'expired');
  return {header, signer, payload};
}

// HPKE over WebCrypto: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A context
// seals or opens only one message, so it keeps no counter.

// The AEAD's number in the RFC. The other one of tocsin-envelope(5), ChaCha20-Poly1305, is not in
// WebCrypto.
const AES_256_GCM = 2;

const KEM_SUITE = concat(utf8('KEM'), encodeU16(0x20));
const SUITE = concat(utf8('HPKE'), encodeU16(0x20), encodeU16(1), encodeU16(AES_256_GCM));
const EMPTY = new Uint8Array();

async function bytesOf(promise) {
  return new Uint8Array(await promise);
}

function importRaw(raw, algorithm, ...uses) {
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

function publicOf(key) {
  return bytesOf(subtle.exportKey('raw', key));
}

function generateOpening() {
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
  const {privateKey, publicKey} = ephemeral ?? await generateOpening();
  return newContext(privateKey, recipient, await publicOf(publicKey), recipient, info);
}

export function setupRecipient(enc, privateKey, recipient, info) {
  return newContext(privateKey, enc, enc, recipient, info);
}

// `operation` is 'encrypt' or 'decrypt'.
export function useOnce({key, nonce}, operation, aad, text) {
  return bytesOf(subtle[operation]({name: 'AES-GCM', iv: nonce, additionalData: aad}, key, text));
}
