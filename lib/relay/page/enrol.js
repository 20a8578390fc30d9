// How this browser becomes a device of one person: tocsin-enrolment(5).
import { Reader, Refused, concat, fromBase64, isSame, text, textOf, u8, utf8 } from './bytes.js';
import { Domain, Kind, REAL, Role, decodeCertificate, encodeCertificate, generateDevice, isValid,
  keyIdOf, keyOfSeed, randomId, sealEnvelope, sealingKeyOf, sign, verify, verifyKeyOf }
  from './seal.js';
import { post } from './wire.js';

const PREFIX = 'tocsin-invite:';
const LIFE = 7 * 24 * 3_600_000;  // as long as a relay keeps it
const MOST_NAME = 80;
const REVOKED = 'tocsin-revocation';

// The code may stand in a link, after its "#". Throws Refused when it is none or was changed.
export async function readInvitation(code) {
  const compact = code.replace(/\s/g, '');
  const at = compact.indexOf(PREFIX);
  if (at < 0) throw new Refused('malformed');
  const into = new Reader(fromBase64(compact.slice(at + PREFIX.length)));
  if (into.u8() !== 1) throw new Refused('malformed');
  const invitation = { organisation: into.raw(64), enrolment: into.raw(64), relay: into.text() };
  for (let pins = into.varint(); pins > 0; --pins) into.text();  // a browser pins nothing
  invitation.person = into.text();
  const key = await keyOfSeed(into.raw(32));
  invitation.key = { signing: key.privateKey, identity: concat(key.verify, new Uint8Array(32)) };
  const organisation = verifyKeyOf(invitation.organisation);
  const certificate = {
    role: Role.invitation, subject: invitation.key.identity, name: '', serial: into.u64(),
    issued: into.time(), expires: into.time(), issuer: organisation, signature: into.raw(64) };
  into.end();
  if (!await isValid(certificate, organisation, certificate.issued)) throw new Refused('malformed');
  invitation.expires = certificate.expires;
  invitation.key.certificate = encodeCertificate(certificate);
  return invitation;
}

export async function newDevice(invitation, name) {
  return {
    ...await generateDevice(), organisation: invitation.organisation, accepted: false,
    enrolment: invitation.enrolment, person: invitation.person, name: cut(name), membership: 0n };
}

// 80 bytes, and no half of a letter.
function cut(name) {
  while (utf8(name).length > MOST_NAME) name = [...name].slice(0, -1).join('');
  return name;
}

// May be sent again: a device that is listed already is told so again.
export async function sendEnrolment(invitation, device) {
  const subject = concat(text(device.person), device.identity, text(device.name));
  const signature = await sign(invitation.key.signing, Domain.invitation,
    concat(verifyKeyOf(device.organisation), subject));
  const payload = concat(u8(1), verifyKeyOf(invitation.key.identity), subject, signature);
  const now = Date.now();
  const header = {
    kind: Kind.enrolment, realness: REAL, id: randomId(), incident: new Uint8Array(16),
    created: now, expires: now + LIFE };
  const envelope = await sealEnvelope(sealingKeyOf(device.enrolment), header, payload, device);
  await post(invitation.key,
    { mailbox: keyIdOf(device.enrolment), id: header.id, expires: header.expires, envelope });
}

// {organisationName, person, certificate}. Throws unless it is for this device, from its
// organisation, and good now.
export async function checkAcceptance({ signer, payload }, device, now) {
  if (!isSame(signer, verifyKeyOf(device.enrolment))) throw new Refused('bad signature');
  const into = new Reader(payload);
  if (into.u8() !== 1) throw new Refused('malformed');
  const acceptance =
    { organisationName: into.text(), person: into.text(), certificate: into.sized() };
  into.end();
  const certificate = decodeCertificate(acceptance.certificate);
  if (certificate.role !== Role.device || !isSame(certificate.subject, device.identity) ||
      !await isValid(certificate, verifyKeyOf(device.organisation), now))
    throw new Refused('bad signature');
  return acceptance;
}

// The organisation's word that this device is off its list, which is for good. A number below one
// seen before is an old word: refused.
export async function checkRevocation({ payload }, device) {
  const into = new Reader(payload);
  const body = into.raw(payload.length - 64);
  const signature = into.raw(64);
  if (!await verify(verifyKeyOf(device.organisation), Domain.membership, body, signature))
    throw new Refused('bad signature');
  const inside = new Reader(body);
  if (textOf(inside.raw(REVOKED.length)) !== REVOKED || inside.u8() !== 1)
    throw new Refused('malformed');
  const number = inside.u64();
  const subject = inside.raw(64);
  inside.time();
  inside.end();
  if (number < device.membership) throw new Refused('older');
  if (!isSame(subject, device.identity)) throw new Refused('not for us');
}
