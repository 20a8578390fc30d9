// How this browser becomes a device of one person, and may be woken: tocsin-enrolment(5).
import {concat, fromBase64, isSame, need, Reader, text, utf8} from './bytes.js';
import * as seal from './seal.js';
import * as store from './store.js';
import {post} from './wire.js';

const LIFE = 7 * 24 * 3_600_000;  // as long as a relay keeps it

// A fingerprint in words, of the list that the relay's program has.
async function wordsOf(identity) {
  const list = await fetch('/words.txt').then((answer) => answer.ok && answer.text());
  const id = await seal.keyIdOf(identity);
  return Array.from(id.slice(0, 6), (byte) => list.split('\n')[byte]).join(' ');
}

// The code may stand in a link, after its "#". Throws Refused when it is none or was changed.
export async function readInvitation(code) {
  const [, coded = ''] = code.replace(/\s/g, '').split(/tocsin-invite(?::|%3A)/);
  const into = new Reader(fromBase64(coded));
  need(into.u8() === 1);
  const [organisation, enrolment] = [into.raw(64), into.raw(64)];
  into.text();  // its relay: a page can speak to none but the one that served it
  for (let pins = into.varint(); pins > 0; --pins) into.text();  // and pins nothing
  const person = into.text();
  const {privateKey, verify} = await seal.keyOfSeed(into.raw(32));
  const identity = concat(verify, new Uint8Array(32));
  const issuer = seal.verifyKeyOf(organisation);
  // The code has of its certificate what does not follow from the rest.
  const certificate = concat(
    utf8('TOCC'), [1, seal.Role.invitation], identity, [0], into.raw(24), issuer, into.raw(64));
  into.end();
  const decoded = seal.decodeCertificate(certificate);
  need(await seal.isValid(decoded, issuer, decoded.issued));
  const words = {organisation: await wordsOf(organisation)};
  return {organisation, enrolment, person, words, key: {signing: privateKey, identity, certificate}};
}

export async function newDevice({key, words, ...invitation}) {
  const keys = await seal.generateDevice();
  return {
    ...invitation, ...keys, name: navigator.userAgentData?.platform || navigator.platform,
    words: {this_device: await wordsOf(keys.identity), ...words}, invitation: key.identity
  };
}

// May be sent again: a device that is listed is told so again.
export async function sendEnrolment({key}, device) {
  const subject = concat(text(device.person), device.identity, text(device.name));
  const signature = await seal.sign(key.signing, seal.Domain.invitation,
    concat(seal.verifyKeyOf(device.organisation), subject));
  await tell(device, concat([1], seal.verifyKeyOf(key.identity), subject, signature), key);
}

// To the organisation; `sender` is who the relay lets write there.
async function tell(device, payload, sender) {
  const about = {kind: seal.Kind.enrolment, realness: seal.REAL, incident: new Uint8Array(16)};
  await post(sender, await seal.compose(device.enrolment, about, LIFE, payload, device));
}

// What to keep of the organisation's word on this device: its standing, `false` when it was struck off,
// or {pushKey}, by which it may be woken. Throws Refused unless the organisation signed it, for this
// device, and it is good now and of no older list than before.
export async function readStanding({signer, payload}, device, now) {
  need(isSame(signer, seal.verifyKeyOf(device.enrolment)), 'bad signature');
  const organisation = seal.verifyKeyOf(device.organisation);
  const into = new Reader(payload);
  const version = into.u8();
  if (version === 3) {
    const pushKey = into.raw(65);
    into.end();
    return {pushKey};
  }
  need(version === 1);
  const list = into.number(8);
  need(isSame(into.raw(64), device.identity), 'not for us');
  into.time();
  const standing = into.u8() === 1 &&
    {list, organisationName: into.text(), person: into.text(), certificate: into.sized()};
  const said = payload.slice(0, into.at);
  const signature = into.raw(64);
  into.end();
  const certificate = standing && seal.decodeCertificate(standing.certificate);
  need(await seal.verify(organisation, seal.Domain.standing, said, signature) &&
    (!standing || (certificate.role === seal.Role.device &&
      isSame(certificate.subject, device.identity) &&
      await seal.isValid(certificate, organisation, now))), 'bad signature');
  need(list >= (device.list ?? 0), 'an older list');
  return standing;
}

// Never asks for leave. Tells the organisation again after a while, which may have missed it. Rejects
// without a connection or a push service.
export async function subscribe(device) {
  const {pushManager} = await navigator.serviceWorker?.getRegistration() ?? {};
  if (!device?.pushKey || !pushManager || Notification.permission !== 'granted') return;
  const old = await pushManager.getSubscription();
  const key = old?.options.applicationServerKey;
  if (key && !isSame(new Uint8Array(key), device.pushKey)) await old.unsubscribe();
  const subscription = await pushManager.subscribe(
    {userVisibleOnly: true, applicationServerKey: device.pushKey});
  const {endpoint, keys} = subscription.toJSON();
  const payload = concat([2], text(endpoint), fromBase64(keys.p256dh), fromBase64(keys.auth));
  const {told} = await store.settings();
  const now = Date.now();
  if (told && now < told.at + LIFE && isSame(told.payload, payload)) return;
  await tell(device, payload, device);
  await store.keepSettings({told: {at: now, payload}});
}
