// Keys, certificates and envelopes: tocsin-envelope(5). What opens proves who signed it; whether the
// signer may say so is for others to decide.
import {
  concat, fromBase64, isSame, need, random, Reader, textOf, time, u16, utf8
} from './bytes.js';
import * as hpke from './hpke.js';

export const Domain = {envelope: 1, certificate: 2, request: 5, invitation: 6, standing: 7};
export const Kind =
  {request: 1, update: 3, reply: 4, enrolment: 5, acceptance: 6};
export const Role = {strategic: 1, tactical: 2, operational: 3, device: 5, invitation: 6};
export const REAL = 1;

const CLOCK_TOLERANCE = 10 * 60_000;
const {subtle} = crypto;

const PKCS8_ED25519 = fromBase64('MC4CAQAwBQYDK2VwBCIEIA');  // RFC 8410, and then the seed

const signedText = (domain, message) => concat(utf8('tocsin/v1'), [domain], message);

export const sign = async (privateKey, domain, message) =>
  new Uint8Array(await subtle.sign('Ed25519', privateKey, signedText(domain, message)));

export const verify = (verifyKey, domain, message, signature) =>
  hpke.imported(verifyKey, 'Ed25519', 'verify')
    .then((key) => subtle.verify('Ed25519', key, signature, signedText(domain, message)))
    .catch(() => false);  // no point of the curve

// The one-time key of an invitation: extractable, for its public half is read back.
export async function keyOfSeed(seed) {
  const privateKey =
    await subtle.importKey('pkcs8', concat(PKCS8_ED25519, seed), 'Ed25519', true, ['sign']);
  return {privateKey, verify: fromBase64((await subtle.exportKey('jwk', privateKey)).x)};
}

// What is private never leaves this browser.
export async function generateDevice() {
  const signing = await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const opening = await hpke.generate();
  const identity =
    concat(await hpke.publicOf(signing.publicKey), await hpke.publicOf(opening.publicKey));
  return {signing: signing.privateKey, opening: opening.privateKey, identity};
}

export const verifyKeyOf = (identity) => identity.subarray(0, 32);
export const sealingKeyOf = (identity) => identity.subarray(32, 64);
export const sha512 = async (bytes) => new Uint8Array(await subtle.digest('SHA-512', bytes));
export const keyIdOf = async (identity) =>
  (await sha512(concat(utf8('tocsin/v1/key-id'), identity))).slice(0, 16);

export function decodeCertificate(bytes) {
  const into = new Reader(bytes);
  need(textOf(into.raw(4)) === 'TOCC' && into.u8() === 1);
  const certificate = {
    role: into.u8(), subject: into.raw(64), name: textOf(into.raw(into.u8())),
    serial: into.raw(8), issued: into.time(), expires: into.time(), issuer: into.raw(32),
    said: bytes.slice(0, into.at), signature: into.raw(64)
  };
  into.end();
  const {role, name} = certificate;
  need(role >= 1 && role <= 6 && utf8(name).length <= 80 && !/\p{Cc}/u.test(name));
  return certificate;
}

export const isValid = async ({issuer, issued, expires, said, signature}, organisation, now) =>
  isSame(issuer, organisation) && now >= issued - CLOCK_TOLERANCE && now < expires &&
  verify(organisation, Domain.certificate, said, signature);

const INFO = utf8('tocsin/v1/envelope');
const CLEAR_BYTES = 39;
const TAG_BYTES = 16;
const FIXED_BYTES = 50 + 32 + 2 + 64;
const MOST_PAYLOAD = 16_000;
const SIZES = [1024, 2048, 4096, 8192, 16384];

const sizeFor = (payloadBytes) =>
  SIZES.find((size) => size >= CLEAR_BYTES + FIXED_BYTES + payloadBytes + TAG_BYTES);
const clearPart = (enc) => concat(utf8('TOCE'), [1], u16(hpke.AES_256_GCM), enc);

// header: {kind, realness, id, incident, created, expires}; signer: {signing, identity}.
export async function sealEnvelope(recipient, header, payload, signer) {
  const sender = await hpke.setupSender(recipient, INFO);
  const clear = clearPart(sender.enc);
  const said = concat(
    [header.kind, header.realness], header.id, header.incident, time(header.created),
    time(header.expires), verifyKeyOf(signer.identity), u16(payload.length), payload);
  const signature = await sign(signer.signing, Domain.envelope, concat(clear, recipient, said));
  const inner = new Uint8Array(sizeFor(payload.length) - CLEAR_BYTES - TAG_BYTES);
  inner.set(concat(said, signature));
  return concat(clear, await hpke.seal(sender, clear, inner));
}

// A message for the mailbox of `to`, as wire.js posts it; signed `after` that time, whatever the
// clock was set to.
export async function compose(to, about, life, payload, signer, after = 0) {
  const created = Math.max(Date.now(), after + 1);
  const header = {...about, id: random(16), created, expires: created + life};
  const envelope = await sealEnvelope(sealingKeyOf(to), header, payload, signer);
  return {...header, mailbox: await keyIdOf(to), envelope};
}

// Throws Refused with the rejection's name, in the order of the manual.
export async function openEnvelope(envelope, device, now) {
  const into = new Reader(envelope);
  need(SIZES.includes(envelope.length));
  const clear = into.raw(CLEAR_BYTES);
  const enc = clear.slice(7);
  need(isSame(clear, clearPart(enc)));
  const recipient = sealingKeyOf(device.identity);
  const inner = await hpke.setupRecipient(enc, device.opening, recipient, INFO)
    .then((context) => hpke.open(context, clear, into.rest()))
    .catch(() => need(false, 'not for us'));
  const inside = new Reader(inner);
  const header = {
    kind: inside.u8(), realness: inside.u8(), id: inside.raw(16), incident: inside.raw(16),
    created: inside.time(), expires: inside.time()
  };
  const {kind, realness, created, expires} = header;
  const signer = inside.raw(32);
  const size = inside.u16();
  need(kind >= 1 && kind <= 6 && (realness === 1 || realness === 2));
  need(size <= MOST_PAYLOAD && sizeFor(size) === envelope.length);
  const payload = inside.raw(size);
  const said = concat(clear, recipient, inner.slice(0, inside.at));
  const signature = inside.raw(64);
  need(inside.rest().every((byte) => byte === 0));
  need(await verify(signer, Domain.envelope, said, signature), 'bad signature');
  need(now < expires, 'expired');
  need(created <= now + CLOCK_TOLERANCE, 'from the future');
  return {header, signer, payload};
}
