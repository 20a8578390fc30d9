// Whom the page believes: messages, invitations and standings, made here with keys of our own and
// then forged in one way after another.
import assert from 'node:assert/strict';
import {before, test} from 'node:test';

import {certify, pageModules} from './modules.js';

const {bytes, seal, wire, inbox} = await pageModules('bytes', 'seal', 'wire', 'inbox');
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 4);

let organisation;
let enrolment;
let coordinator;
let device;

const certificate = (issuer, role, subject, name, expires = NOW + HOUR) => certify(
  {bytes, seal}, issuer, {role, subject: subject.identity, name, issued: NOW - HOUR, expires});

before(async () => {
  organisation = await seal.generateDevice();
  enrolment = await seal.generateDevice();
  coordinator = await seal.generateDevice();
  device = {
    ...await seal.generateDevice(),
    organisation: organisation.identity,
    enrolment: enrolment.identity
  };
});

function envelopeOf(kind, payload, signer) {
  const header = {
    kind,
    realness: 2,
    id: bytes.random(16),
    incident: bytes.random(16),
    created: NOW,
    expires: NOW + HOUR
  };
  return seal.sealEnvelope(seal.sealingKeyOf(device.identity), header, payload, signer);
}

async function message({
  issuer = organisation,
  role = seal.Role.tactical,
  subject = coordinator,
  signer = coordinator,
  kind = seal.Kind.request,
  expires,
  ...changes
} = {}) {
  const notice = {
    kind: 'request',
    incident: 'EX-1',
    organisation: 'St Elsewhere',
    caller: 'Dr A. Okafor',
    text: 'come',
    area: 'Resus',
    role: 'Nurse',
    report_to: 'Red doors',
    shift: 'Response',
    by: '2026-11-22T05:00:00Z',
    keep_until: '2026-11-29T04:00:00Z',
    reply_to: bytes.toBase64(enrolment.identity),
    certificate: bytes.toBase64(
      await certificate(issuer, role, subject, 'Dr A. Okafor', expires)),
    ...changes
  };
  return envelopeOf(kind, bytes.utf8(JSON.stringify(notice)), signer);
}

test('a message of a coordinator of the organisation is believed, and no other', async () => {
  const {notice} = await inbox.openMessage(await message(), device, NOW);
  assert.equal(notice.report_to, 'Red doors');
  assert.equal(notice.by, Date.UTC(2026, 10, 22, 5));
  const forgeries = {
    'another organisation': {issuer: enrolment},
    'a device': {role: seal.Role.device},
    'an incident': {role: 4},
    'a certificate that has expired': {expires: NOW},
    'another signer than the certificate names': {signer: enrolment},
    'a reply': {kind: seal.Kind.reply},
    'an acceptance': {kind: seal.Kind.acceptance},
    'a kind that nobody knows': {kind: seal.Kind.update, certificate: 'AAAA'},
    'no incident to answer to': {reply_to: 'AAAA'},
    'a time that is none': {by: 'soon'},
    'no end of its retention': {keep_until: undefined},
  };
  for (const [what, forgery] of Object.entries(forgeries)) {
    const envelope = await message(forgery);
    await assert.rejects(inbox.openMessage(envelope, device, NOW), bytes.Refused, what);
  }
  for (const payload of ['', 'null', '[]', '{}', '{"kind":"request"}', '\xff', '"request"']) {
    const envelope = await envelopeOf(seal.Kind.request, bytes.utf8(payload), coordinator);
    await assert.rejects(inbox.openMessage(envelope, device, NOW), bytes.Refused, payload);
  }
});

// With a greeting it is of version 2.
async function invitation(greeting = []) {
  const seed = bytes.random(32);
  const key = await seal.keyOfSeed(seed);
  const subject = {identity: bytes.concat(key.verify, new Uint8Array(32))};
  const whole = await certificate(organisation, seal.Role.invitation, subject);
  const serialAndTimes = whole.slice(-120, -96);
  const signature = whole.slice(-64);
  return bytes.concat(
    [greeting.length > 0 ? 2 : 1], organisation.identity, enrolment.identity,
    bytes.encodeText('https://relay.example'), bytes.encodeVarint(0), bytes.encodeText('100001'),
    ...greeting.map(bytes.encodeText), seed, serialAndTimes, signature);
}

// The relay's list of words.
const serveWords = () => {
  const words = Array.from({length: 256}, (_, i) => `word${i}`);
  globalThis.fetch = async () => new Response(words.join('\n'));
};

test('an invitation is read from a link, broken lines and all', async () => {
  serveWords();
  const code = `tocsin-invite:${bytes.toBase64(await invitation())}`;
  const texts = [
    code, `https://relay.example/#${code}`, `https://relay.example/#${code.replace(':', '%3A')}`,
    `${code.slice(0, 90)}\n ${code.slice(90)}`
  ];
  for (const text of texts) assert.equal((await wire.readInvitation(text)).person, '100001');
  const {words} = await wire.readInvitation(code);
  const id = await seal.keyIdOf(organisation.identity);
  const expected = Array.from(id.slice(0, 6), (byte) => `word${byte}`);
  assert.equal(words.organisation, expected.join(' '));
});

test('an invitation of the second version greets whom it is for', async () => {
  serveWords();
  const code = async (greeting) => `tocsin-invite:${bytes.toBase64(await invitation(greeting))}`;
  assert.equal((await wire.readInvitation(await code())).greeting, undefined);
  const {person, greeting} =
    await wire.readInvitation(await code(['St Elsewhere', 'Ana Bell', 'cy']));
  assert.equal(person, '100001');
  assert.deepEqual(greeting, {organisation: 'St Elsewhere', person: 'Ana Bell', language: 'cy'});
  await assert.rejects(code(['St Elsewhere', 'Ana Bell']).then(wire.readInvitation), bytes.Refused);
});

test('an invitation is refused when it was changed', async () => {
  serveWords();
  const raw = await invitation();
  // The certificate covers all but the mailbox, the relay and the person. Those are what the
  // invitation's own signature and the six words are for.
  const covered = [0, 1, 32, ...Array.from({length: 120}, (_, i) => raw.length - 1 - i)];
  for (const at of covered) {
    const changed = raw.slice();
    changed[at] ^= 1;
    const code = `tocsin-invite:${bytes.toBase64(changed)}`;
    await assert.rejects(wire.readInvitation(code), bytes.Refused, `byte ${at}`);
  }
  const code = `tocsin-invite:${bytes.toBase64(raw)}`;
  for (const text of ['', 'tocsin-invite:', 'tocsin-invite:!', code.slice(0, -2), `${code}A`])
    await assert.rejects(wire.readInvitation(text), bytes.Refused, text);
});

async function listing(certified, role) {
  return bytes.concat(
    [1], bytes.encodeText('St Elsewhere'), bytes.encodeText('100001'),
    bytes.encodeSized(await certificate(certified, role, device, '')));
}

async function standing({
  signer = organisation, subject = device, sender = enrolment, list = 7, certified = organisation,
  role = seal.Role.device, isListed = true
} = {}) {
  const unsigned = bytes.concat(
    [1], bytes.encodeTime(list), subject.identity, bytes.encodeTime(NOW),
    isListed ? await listing(certified, role) : [0]);
  const signature = await seal.sign(signer.signing, seal.Domain.standing, unsigned);
  const payload = bytes.concat(unsigned, signature);
  const envelope = await envelopeOf(seal.Kind.acceptance, payload, sender);
  return seal.openEnvelope(envelope, device, NOW);
}

// What a device that knows `known` makes of it.
async function told(word, known = device) {
  return wire.readStanding(await standing(word), known, NOW);
}

test('only the organisation says who is on its list, and who is off it', async () => {
  const {list, organisationName, person} = await told();
  assert.deepEqual([list, organisationName, person], [7, 'St Elsewhere', '100001']);
  assert.equal(await told({isListed: false}), null);
  const forgeries = [
    {signer: enrolment}, {signer: coordinator}, {subject: coordinator}, {sender: organisation},
    {sender: coordinator}
  ];
  for (const forgery of forgeries) {
    await assert.rejects(told({...forgery, isListed: true}), bytes.Refused);
    await assert.rejects(told({...forgery, isListed: false}), bytes.Refused);
  }
  for (const forgery of [{certified: enrolment}, {role: seal.Role.tactical}])
    await assert.rejects(told(forgery), bytes.Refused);
});

test('only the organisation\'s newest list counts', async () => {
  const known = {...device, list: 7};
  assert.equal((await told({list: 7}, known)).list, 7);
  assert.equal((await told({list: 8}, known)).list, 8);
  for (const isListed of [true, false])
    await assert.rejects(told({list: 6, isListed}, known), /an older list/);
});
