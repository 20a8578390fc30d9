// How this browser becomes a device of one person, and how it subscribes to be woken:
// tocsin-enrolment(5).
import {concat, encodeText, ensure, fromBase64, isSame, Reader, utf8} from './bytes.js';
import * as seal from './seal.js';
import * as store from './store.js';
import {post} from './wire.js';

const WEEK_MS = 7 * 24 * 3_600_000;  // how long a relay keeps a message
const NO_SEALING_KEY = new Uint8Array(32);
const NO_INCIDENT = new Uint8Array(16);
const GREETING_VERSION = 2;  // of an invitation that has names in it
const STANDING_VERSION = 1;
const SUBSCRIPTION_VERSION = 2;
const OFFER_VERSION = 3;

// The fingerprint of an identity, in six words from the program's list.
async function wordsOf(identity) {
  const response = await fetch('/words.txt');
  if (!response.ok) throw new Error('offline');
  const list = (await response.text()).split('\n');
  const id = await seal.keyIdOf(identity);
  return Array.from(id.slice(0, 6), (byte) => list[byte]).join(' ');
}

// Reads a code, which may stand in a link. Throws Refused when it is no invitation or was changed.
export async function readInvitation(text) {
  const [, code = ''] = text.replace(/\s/g, '').split(/tocsin-invite(?::|%3A)/);
  const reader = new Reader(fromBase64(code));
  const version = reader.u8();
  ensure(version === 1 || version === GREETING_VERSION);
  const organisation = reader.raw(64);
  const enrolment = reader.raw(64);
  // The page passes over the relay and its pins: it can only speak to the relay that served it.
  reader.text();
  for (let pins = reader.varint(); pins > 0; --pins) reader.text();
  const person = reader.text();
  const greeting = version === GREETING_VERSION
    ? {organisation: reader.text(), person: reader.text(), language: reader.text()} : undefined;
  const {privateKey, verify} = await seal.keyOfSeed(reader.raw(32));
  const identity = concat(verify, NO_SEALING_KEY);
  const serialAndTimes = reader.raw(24);
  const signature = reader.raw(64);
  reader.expectEnd();

  // A code leaves out what is already known of its certificate, to be short.
  const issuer = seal.verifyKeyOf(organisation);
  const certificate = concat(
    utf8('TOCC'), [1, seal.Role.invitation], identity, [0], serialAndTimes, issuer, signature);
  const decoded = seal.decodeCertificate(certificate);
  // Whether it has expired is for the organisation to say: the clock of this device may be wrong.
  ensure(await seal.isValid(decoded, issuer, decoded.issued));
  const words = {organisation: await wordsOf(organisation)};
  const key = {signing: privateKey, identity, certificate};
  return {organisation, enrolment, person, greeting, words, key};
}

export async function newDevice({organisation, enrolment, person, greeting, words, key}) {
  const {signing, opening, identity} = await seal.generateDevice();
  return {
    organisation, enrolment, person, greeting, signing, opening, identity,
    name: navigator.userAgentData?.platform || navigator.platform,
    words: {this_device: await wordsOf(identity), ...words},
    invitation: key.identity
  };
}

// May be called again: the organisation repeats its acceptance to a device that is on its list.
export async function sendEnrolment({key}, device) {
  const subject = concat(encodeText(device.person), device.identity, encodeText(device.name));
  const signed = concat(seal.verifyKeyOf(device.organisation), subject);
  const signature = await seal.sign(key.signing, seal.Domain.invitation, signed);
  await tell(device, concat([1], seal.verifyKeyOf(key.identity), subject, signature), key);
}

// Writes to the organisation. `sender` is the key that the relay lets write there.
async function tell(device, payload, sender) {
  const about = {kind: seal.Kind.enrolment, realness: seal.REAL, incident: NO_INCIDENT};
  await post(sender, await seal.compose(device.enrolment, about, WEEK_MS, payload, device));
}

// Reads what the organisation says of this device, and returns the fields of the device to change:
// its place on the list, or {pushKey}, by which it may be woken; null when it is not on the list.
// Throws Refused unless the organisation signed it for this device.
export async function readStanding({signer, payload}, device, now) {
  ensure(isSame(signer, seal.verifyKeyOf(device.enrolment)), 'bad signature');
  const reader = new Reader(payload);
  const version = reader.u8();
  if (version === OFFER_VERSION) {
    const pushKey = reader.raw(65);
    reader.expectEnd();
    return {pushKey};
  }
  ensure(version === STANDING_VERSION);
  const list = reader.number(8);
  ensure(isSame(reader.raw(64), device.identity), 'not for us');
  reader.time();
  const isListed = reader.u8() === 1;
  let listing = null;
  if (isListed) {
    listing = {
      list, organisationName: reader.text(), person: reader.text(), certificate: reader.sized()
    };
  }
  const signed = payload.slice(0, reader.at);
  const signature = reader.raw(64);
  reader.expectEnd();

  const organisation = seal.verifyKeyOf(device.organisation);
  const isSigned = await seal.verify(organisation, seal.Domain.standing, signed, signature);
  ensure(isSigned, 'bad signature');
  if (listing) await ensureCertified(listing.certificate, device, organisation, now);
  ensure(list >= (device.list ?? 0), 'an older list');
  return listing;
}

async function ensureCertified(bytes, device, organisation, now) {
  const certificate = seal.decodeCertificate(bytes);
  ensure(certificate.role === seal.Role.device, 'bad signature');
  ensure(isSame(certificate.subject, device.identity), 'bad signature');
  ensure(await seal.isValid(certificate, organisation, now), 'bad signature');
}

// Subscribes at the browser's push service and tells the organisation, where the reader has allowed
// notifications; it does not ask for that. Rejects without a connection or a push service.
export async function subscribe(device) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const pushManager = registration?.pushManager;
  if (!device?.pushKey || !pushManager || Notification.permission !== 'granted') return;
  const old = await pushManager.getSubscription();
  const oldKey = old?.options.applicationServerKey;
  if (oldKey && !isSame(new Uint8Array(oldKey), device.pushKey)) await old.unsubscribe();
  const subscription = await pushManager.subscribe(
    {userVisibleOnly: true, applicationServerKey: device.pushKey});
  const {endpoint, keys} = subscription.toJSON();
  const payload = concat(
    [SUBSCRIPTION_VERSION], encodeText(endpoint), fromBase64(keys.p256dh), fromBase64(keys.auth));

  // The organisation may not have got it, so it is told again after a week.
  const {told} = await store.settings();
  const now = Date.now();
  if (told && now < told.at + WEEK_MS && isSame(told.payload, payload)) return;
  await tell(device, payload, device);
  await store.keepSettings({told: {at: now, payload}});
}
