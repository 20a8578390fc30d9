// How this browser becomes a device of one person: tocsin-enrolment(5).
import {concat, fromBase64, isSame, Reader, Refused, text, utf8} from './bytes.js';
import * as seal from './seal.js';
import {post} from './wire.js';

const PREFIX = 'tocsin-invite:';
const LIFE = 7 * 24 * 3_600_000;  // as long as a relay keeps it
const MOST_NAME = 80;

// The code may stand in a link, after its "#". Throws Refused when it is none or was changed.
export async function readInvitation(code) {
  const [, coded] = code.replace(/\s/g, '').split(PREFIX);
  const into = new Reader(fromBase64(coded ?? ''));
  if (into.u8() !== 1) throw new Refused('malformed');
  const invitation = {organisation: into.raw(64), enrolment: into.raw(64), relay: into.text()};
  for (let pins = into.varint(); pins > 0; --pins) into.text();  // a browser pins nothing
  invitation.person = into.text();
  const key = await seal.keyOfSeed(into.raw(32));
  const organisation = seal.verifyKeyOf(invitation.organisation);
  const certificate = {
    role: seal.Role.invitation,
    subject: concat(key.verify, new Uint8Array(32)),
    name: '',
    serial: into.u64(),
    issued: into.time(),
    expires: into.time(),
    issuer: organisation,
    signature: into.raw(64)
  };
  into.end();
  if (!await seal.isValid(certificate, organisation, certificate.issued))
    throw new Refused('malformed');
  invitation.expires = certificate.expires;
  invitation.key = {
    signing: key.privateKey,
    identity: certificate.subject,
    certificate: seal.encodeCertificate(certificate)
  };
  return invitation;
}

export async function newDevice({organisation, enrolment, person}, name) {
  // 80 bytes, and no half of a letter.
  while (utf8(name).length > MOST_NAME) name = [...name].slice(0, -1).join('');
  const keys = await seal.generateDevice();
  return {...keys, organisation, enrolment, person, name, accepted: false};
}

// May be sent again: a device that is listed already is told so again.
export async function sendEnrolment({key}, device) {
  const subject = concat(text(device.person), device.identity, text(device.name));
  const signature = await seal.sign(
    key.signing, seal.Domain.invitation, concat(seal.verifyKeyOf(device.organisation), subject));
  const payload = concat([1], seal.verifyKeyOf(key.identity), subject, signature);
  const created = Date.now();
  const header = {
    kind: seal.Kind.enrolment,
    realness: seal.REAL,
    id: seal.randomId(),
    incident: new Uint8Array(16),
    created,
    expires: created + LIFE
  };
  const recipient = seal.sealingKeyOf(device.enrolment);
  const envelope = await seal.sealEnvelope(recipient, header, payload, device);
  await post(key, {...header, mailbox: seal.keyIdOf(device.enrolment), envelope});
}

// The organisation's word on this device: {organisationName, person, certificate} when it is on the
// list, `revoked` when it is off it, for good; {pushKey} when it may be woken. Throws Refused unless it is for this device, from
// its organisation, and good now.
export async function readStanding({signer, payload}, device, now) {
  if (!isSame(signer, seal.verifyKeyOf(device.enrolment))) throw new Refused('bad signature');
  const organisation = seal.verifyKeyOf(device.organisation);
  const into = new Reader(payload);
  const version = into.u8();
  if (version === 2) return readRevocation(into, organisation, device);
  if (version === 3) {  // an offer to wake it
    const pushKey = into.raw(65);
    into.end();
    return {pushKey};
  }
  if (version !== 1) throw new Refused('malformed');
  const standing = {
    organisationName: into.text(),
    person: into.text(),
    certificate: into.sized(),
    accepted: true
  };
  into.end();
  const certificate = seal.decodeCertificate(standing.certificate);
  if (certificate.role !== seal.Role.device || !isSame(certificate.subject, device.identity) ||
      !await seal.isValid(certificate, organisation, now))
    throw new Refused('bad signature');
  return standing;
}

// Signed by the organisation itself: a relay, or who reads enrolments, can take nobody off the
// list.
async function readRevocation(into, organisation, device) {
  into.u64();  // the number of the list that says so
  const subject = into.raw(64);
  into.time();
  const said = concat(utf8('tocsin-revocation'), into.bytes.subarray(0, into.at));
  const signature = into.raw(64);
  into.end();
  if (!isSame(subject, device.identity)) throw new Refused('not for us');
  if (!await seal.verify(organisation, seal.Domain.membership, said, signature))
    throw new Refused('bad signature');
  return {revoked: true};
}
