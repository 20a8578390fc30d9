// What the page and its relay say to each other (tocsin-relay(5)); and what it and its organisation say
// so that this browser becomes a device of one person and can be woken (tocsin-enrolment(5)). It opens
// no envelope.
import {
  concat, encodeSized, encodeText, encodeTime, encodeVarint, ensure, fromBase64, isSame, LAST_TIME,
  Reader, Refused, toBase64, utf8
} from './bytes.js';
import {
  compose, decodeCertificate, Domain, generateDevice, isValid, keyIdOf, keyOfSeed, Kind, REAL, Role,
  sha512, sign, verify, verifyKeyOf
} from './seal.js';
import * as store from './store.js';

// How long to wait for a response, on top of the time that the relay was asked to hold it back.
const PATIENCE_MS = 15_000;
const NO_ANSWERS_MAILBOX = new Uint8Array(16);
const Outcome = {already: 2, full: 5};  // 1 is stored; from 5 on a later try may succeed
const MESSAGE_ITEM = 1;

// How far the relay's clock is ahead of this one, as far as it has said so. It says so when it refuses
// the time of a proof, so that this is right to five minutes whenever it has just taken one.
export let ahead = 0;

export function setAhead(milliseconds = 0) {
  ahead = milliseconds;
}

// The relay's time. The page judges by no other: the clock of a telephone may be hours wrong, and may
// be put right at any moment.
export function now() {
  return Date.now() + ahead;
}

// The header fields that prove who asks, and for what.
async function proofOf({signing, identity, certificate}, at, method, target, body) {
  const time = encodeTime(at);
  const signed = concat(
    identity, time, encodeText(method), encodeText(location.host), encodeText(target),
    await sha512(body ?? new Uint8Array()));
  const signature = await sign(signing, Domain.request, signed);
  const headers = {'Tocsin-Proof': toBase64(concat([1], identity, time, signature))};
  if (certificate) headers['Tocsin-Certificate'] = toBase64(certificate);
  return headers;
}

// Asks as `who`: {signing, identity, certificate?}. Gives the response, and the time at which that
// was asked, which the relay has found right. Refused means that the relay will never take it. After
// any other fault a later try may succeed. Either clock may be wrong, and neither may stop a call: a
// proof that was refused is made once more for the relay's time, and so is what `write` gives to send.
async function ask(who, target, {write, waitSeconds = 0, signal, isAgain} = {}) {
  const method = write ? 'POST' : 'GET';
  const body = await write?.();
  const at = now();
  const headers = await proofOf(who, at, method, target, body);
  const signals = [AbortSignal.timeout(waitSeconds * 1000 + PATIENCE_MS)];
  if (signal) signals.push(signal);
  let response;
  try {
    response = await fetch(target, {
      method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'error',
      signal: AbortSignal.any(signals)
    });
    if (response.ok) return [new Reader(new Uint8Array(await response.arrayBuffer())), at];
  } catch {
    throw new Error('offline');
  }
  if (response.status === 401) {
    const time = Date.parse(response.headers.get('Date'));
    if (isAgain || !time) throw new Error('offline');
    ahead = time - Date.now();
    return ask(who, target, {write, waitSeconds, signal, isAgain: true});
  }
  if (response.status === 429 || response.status >= 500) throw new Error('offline');
  throw new Refused('refused');
}

// Resolves, to the message, when the relay has what `make` makes on its disk. The relay keeps it for
// seven days by its own clock: a time of ours may be one that has passed there.
export async function post(who, make) {
  let message;
  const write = async () => {
    message = await make();
    const {mailbox, id, envelope} = message;
    return concat(
      NO_ANSWERS_MAILBOX, encodeVarint(1), mailbox, id, encodeTime(LAST_TIME),
      encodeSized(envelope));
  };
  const [reader] = await ask(who, '/v1/messages', {write});
  const count = reader.varint();
  const outcome = reader.u8();
  if (count !== 1 || outcome >= Outcome.full) throw new Error('offline');
  ensure(outcome <= Outcome.already, 'refused');
  return message;
}

async function mailboxOf({identity}) {
  return `/v1/mailbox/${toBase64(await keyIdOf(identity))}`;
}

// The envelopes in the mailbox of this key, the cursor that acknowledges them, and the relay's time
// when it was asked for them.
export async function poll(who, waitSeconds, signal) {
  const target = `${await mailboxOf(who)}?after=0&wait=${waitSeconds}`;
  const [reader, at] = await ask(who, target, {waitSeconds, signal});
  const envelopes = [];
  let cursor;
  for (let left = reader.varint(); left > 0; --left) {
    cursor = reader.raw(8);
    const kind = reader.u8();
    reader.raw(24);  // the relay's id and expiry: those signed inside the envelope count
    const envelope = reader.sized();
    if (kind === MESSAGE_ITEM) envelopes.push(envelope);
  }
  reader.expectEnd();
  return {envelopes, cursor, at};
}

export async function acknowledge(who, cursor) {
  await ask(who, `${await mailboxOf(who)}/acknowledge`, {write: () => cursor});
}

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
  const id = await keyIdOf(identity);
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
  const {privateKey, verify: half} = await keyOfSeed(reader.raw(32));
  const identity = concat(half, NO_SEALING_KEY);
  const serialAndTimes = reader.raw(24);
  const signature = reader.raw(64);
  reader.expectEnd();

  // A code leaves out what is already known of its certificate, to be short.
  const issuer = verifyKeyOf(organisation);
  const certificate = concat(
    utf8('TOCC'), [1, Role.invitation], identity, [0], serialAndTimes, issuer, signature);
  const decoded = decodeCertificate(certificate);
  // Whether it has expired is for the organisation to say: the clock of this device may be wrong.
  ensure(await isValid(decoded, issuer, decoded.issued));
  const words = {organisation: await wordsOf(organisation)};
  const key = {signing: privateKey, identity, certificate};
  return {organisation, enrolment, person, greeting, words, key};
}

export async function newDevice({organisation, enrolment, person, greeting, words, key}) {
  const {signing, opening, identity} = await generateDevice();
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
  const signed = concat(verifyKeyOf(device.organisation), subject);
  const signature = await sign(key.signing, Domain.invitation, signed);
  await tell(device, concat([1], verifyKeyOf(key.identity), subject, signature), key);
}

// Writes to the organisation. `sender` is the key that the relay lets write there.
async function tell(device, payload, sender) {
  const about = {kind: Kind.enrolment, realness: REAL, incident: NO_INCIDENT};
  const {enrolment} = device;
  await post(
    sender, () => compose(enrolment, about, WEEK_MS, payload, device, now()));
}

// Reads what the organisation says of this device, and returns the fields of the device to change:
// its place on the list, or {pushKey}, by which it may be woken; null when it is not on the list.
// Throws Refused unless the organisation signed it for this device.
export async function readStanding({signer, payload}, device, at) {
  ensure(isSame(signer, verifyKeyOf(device.enrolment)), 'bad signature');
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

  const organisation = verifyKeyOf(device.organisation);
  const isSigned = await verify(organisation, Domain.standing, signed, signature);
  ensure(isSigned, 'bad signature');
  if (listing) await ensureCertified(listing.certificate, device, organisation, at);
  ensure(list >= (device.list ?? 0), 'an older list');
  return listing;
}

async function ensureCertified(bytes, device, organisation, at) {
  const certificate = decodeCertificate(bytes);
  ensure(certificate.role === Role.device, 'bad signature');
  ensure(isSame(certificate.subject, device.identity), 'bad signature');
  ensure(await isValid(certificate, organisation, at), 'bad signature');
}

// Subscribes at the browser's push service and tells the organisation, where the reader has allowed
// notifications; it does not ask for that. Whether it is subscribed. Rejects without a connection or a
// push service.
export async function subscribe(device) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const pushManager = registration?.pushManager;
  if (!device?.pushKey || !pushManager || Notification.permission !== 'granted') return false;
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
  if (told && now() < told.at + WEEK_MS && isSame(told.payload, payload)) return true;
  await tell(device, payload, device);
  await store.keepSettings({told: {at: now(), payload}});
  return true;
}
