// Whom the page believes: letters, invitations, and the organisation's word on a device, each made
// here with keys of our own and then spoilt in one way after another.
import assert from 'node:assert/strict';
import {before, test} from 'node:test';

import {certify, pageModules} from './modules.js';

const {bytes, seal, enrol, inbox} = await pageModules('bytes', 'seal', 'enrol', 'inbox');
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 4);

let organisation;
let enrolment;
let coordinator;
let device;

const certificate = (issuer, role, subject, name, expires = NOW + HOUR) => certify(
    {bytes, seal}, issuer,
    {role, subject: subject.identity, name, issued: NOW - HOUR, expires});

before(async () => {
  [organisation, enrolment, coordinator] =
      await Promise.all([1, 2, 3].map(() => seal.generateDevice()));
  device = {
    ...await seal.generateDevice(),
    organisation: organisation.identity,
    enrolment: enrolment.identity
  };
});

const envelopeOf = (kind, payload, signer) => seal.sealEnvelope(
    seal.sealingKeyOf(device.identity), {
      kind,
      realness: 2,
      id: bytes.random(16),
      incident: bytes.random(16),
      created: NOW,
      expires: NOW + HOUR
    },
    payload, signer);

async function letter({
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

test('a letter of a coordinator of the organisation is believed, and no other', async () => {
  const {notice} = await inbox.openLetter(await letter(), device, NOW);
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
  for (const [what, forgery] of Object.entries(forgeries))
    await assert.rejects(inbox.openLetter(await letter(forgery), device, NOW), bytes.Refused, what);
  for (const payload of ['', 'null', '[]', '{}', '{"kind":"request"}', '\xff', '"request"'])
    await assert.rejects(
        inbox.openLetter(
            await envelopeOf(seal.Kind.request, bytes.utf8(payload), coordinator), device, NOW),
        bytes.Refused, payload);
});

async function invitation() {
  const seed = bytes.random(32);
  const key = await seal.keyOfSeed(seed);
  const subject = {identity: bytes.concat(key.verify, new Uint8Array(32))};
  const whole = await certificate(organisation, seal.Role.invitation, subject);
  // Serial, issued and expires; then, behind the issuer, the signature.
  return bytes.concat(
      [1], organisation.identity, enrolment.identity, bytes.text('https://relay.example'),
      bytes.varint(0), bytes.text('100001'), seed, whole.slice(-120, -96), whole.slice(-64));
}

test(
    'an invitation is read from a link, broken lines and all, and refused when changed',
    async () => {
      globalThis.fetch = async () =>
        new Response(Array.from({length: 256}, (_, i) => `word${i}`).join('\n'));
      const raw = await invitation();
      const code = `tocsin-invite:${bytes.toBase64(raw)}`;
      for (const text
               of [code, `https://relay.example/#${code}`,
                   `https://relay.example/#${code.replace(':', '%3A')}`,
                   `${code.slice(0, 90)}\n ${code.slice(90)}`])
        assert.equal((await enrol.readInvitation(text)).person, '100001');
      const {words} = await enrol.readInvitation(code);
      const id = await seal.keyIdOf(organisation.identity);
      assert.equal(words.organisation, Array.from(id.slice(0, 6), (byte) => `word${byte}`).join(' '));
      // Everything is covered by the certificate but the mailbox, the relay and the person, which
      // the invitation's own signature and the six words are for.
      const covered = [0, 1, 32, ...Array.from({length: 120}, (_, i) => raw.length - 1 - i)];
      for (const at of covered) {
        const changed = raw.slice();
        changed[at] ^= 1;
        await assert.rejects(
            enrol.readInvitation(`tocsin-invite:${bytes.toBase64(changed)}`), bytes.Refused,
            `${at}`);
      }
      for (const text of ['', 'tocsin-invite:', 'tocsin-invite:!', code.slice(0, -2), `${code}A`])
        await assert.rejects(enrol.readInvitation(text), bytes.Refused, text);
    });

async function standing({
  signer = organisation, subject = device, sender = enrolment, list = 7, certified = organisation,
  role = seal.Role.device, isListed = true
} = {}) {
  const listing = isListed ? bytes.concat(
      [1], bytes.text('St Elsewhere'), bytes.text('100001'),
      bytes.sized(await certificate(certified, role, device, ''))) : [0];
  const said = bytes.concat([1], bytes.time(list), subject.identity, bytes.time(NOW), listing);
  const signature = await seal.sign(
      signer.signing, seal.Domain.standing, said);
  const envelope = await envelopeOf(seal.Kind.acceptance, bytes.concat(said, signature), sender);
  return seal.openEnvelope(envelope, device, NOW);
}

const told = async (word, known = device) => enrol.readStanding(await standing(word), known, NOW);

test('only the organisation says who is on its list, and who is off it', async () => {
  const {list, organisationName, person} = await told();
  assert.deepEqual([list, organisationName, person], [7, 'St Elsewhere', '100001']);
  assert.equal(await told({isListed: false}), false);
  const forgeries = [
    {signer: enrolment}, {signer: coordinator}, {subject: coordinator}, {sender: organisation},
    {sender: coordinator}
  ];
  for (const forgery of forgeries)
    for (const isListed of [true, false])
      await assert.rejects(told({...forgery, isListed}), bytes.Refused);
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
