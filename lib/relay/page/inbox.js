// The messages of this device: which are believed, what they mean and what was answered. A message
// is shown only when a coordinator of the organisation signed it. All others are counted.
import {ensure, fromBase64, isSame, Refused, textOf, toBase64, utf8} from './bytes.js';
import {readStanding} from './enrol.js';
import * as seal from './seal.js';
import * as store from './store.js';
import * as wire from './wire.js';

const REPLY_LIFE_MS = 24 * 3_600_000;
const KINDS = [
  'standby', 'request', 'assigned', 'reserve', 'stand_down', 'offer_acknowledgement', 'update'
];
const TEXTS = ['incident', 'text', 'area', 'role', 'report_to', 'shift'];

function parseNotice(payload) {
  const json = JSON.parse(textOf(payload));
  const notice = {
    kind: json.kind === 'reminder' ? 'request' : json.kind,
    by: json.by ? Date.parse(json.by) : undefined,
    keepUntil: Date.parse(json.keep_until),
    replyTo: fromBase64(json.reply_to),
    certificate: seal.decodeCertificate(fromBase64(json.certificate))
  };
  ensure(KINDS.includes(notice.kind));
  ensure(!Number.isNaN(notice.by));
  ensure(notice.keepUntil > 0);
  ensure(notice.replyTo.length === 64);
  for (const name of TEXTS) notice[name] = String(json[name] ?? '');
  return notice;
}

function readNotice(payload) {
  try {
    return parseNotice(payload);
  } catch {
    throw new Refused('malformed');  // whichever fault it was
  }
}

// Returns {id, header, notice}. Throws Refused unless a coordinator of the organisation signed it
// for this device and it has not expired.
export async function openMessage(envelope, device, now) {
  const {header, signer, payload} = await seal.openEnvelope(envelope, device, now);
  ensure(header.kind <= seal.Kind.update);
  const notice = readNotice(payload);
  const {role, subject} = notice.certificate;
  ensure(role <= seal.Role.operational, 'bad signature');
  ensure(isSame(seal.verifyKeyOf(subject), signer), 'bad signature');
  const organisation = seal.verifyKeyOf(device.organisation);
  ensure(await seal.isValid(notice.certificate, organisation, now), 'bad signature');
  return {id: toBase64(header.id), header, notice};
}

// Keeps what is in an envelope, and says what that was: 'message', 'known', 'accepted', 'revoked',
// 'late' or 'refused'. The relay may destroy its copy once this has resolved.
export async function takeIn(envelope, device) {
  try {
    return await takeInValid(envelope, device, Date.now());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.message === 'expired') return 'late';
    const {refused = 0} = await store.settings();
    await store.keepSettings({refused: refused + 1});
    return 'refused';
  }
}

async function takeInValid(envelope, device, now) {
  const opened = await seal.openEnvelope(envelope, device, now);
  if (opened.header.kind === seal.Kind.acceptance) {
    const standing = await readStanding(opened, device, now);
    if (!standing) return 'revoked';
    await store.keepDevice(Object.assign(device, standing));
    return 'accepted';
  }
  const {id, notice} = await openMessage(envelope, device, now);
  if (await store.get(store.MESSAGES, id)) return 'known';
  await store.put(store.MESSAGES, id, {id, envelope, received: now, until: notice.keepUntil});
  return 'message';
}

// Whether it may still be answered. A message about a post stays open until the post begins, also
// when it has expired long before: its reader has yet to say that they have arrived.
export function isOpen({header, notice}) {
  const hasPost = notice.kind === 'assigned' || notice.kind === 'reserve';
  const postBegins = hasPost && notice.by ? notice.by : 0;
  return Date.now() < Math.max(header.expires, postBegins);
}

// Deletes what the incident's retention no longer allows here.
export async function forget() {
  for (const {id, until} of await store.all(store.MESSAGES))
    if (until <= Date.now()) await store.remove(store.MESSAGES, id);
}

// One for each incident, the newest first.
export async function incidents(device) {
  const opened = await openKept(device);
  opened.sort((a, b) => b.header.created - a.header.created || b.received - a.received);
  const byIncident = Object.groupBy(opened, ({header}) => toBase64(header.incident));
  return Object.entries(byIncident).map(([id, messages]) => incidentOf(id, messages));
}

async function openKept(device) {
  const opened = [];
  for (const kept of await store.all(store.MESSAGES)) {
    try {
      // As of when it came: a message that was good then stays readable.
      opened.push({...kept, ...await openMessage(kept.envelope, device, kept.received)});
    } catch {
      // It was for a device that this browser no longer is: nothing to show.
    }
  }
  return opened;
}

// `head` is the message that says where things stand; `answered` the one with the newest answer.
function incidentOf(id, messages) {
  const isUpdate = (message) => message.notice.kind === 'update';
  const head = messages.find((message) => !isUpdate(message)) ?? messages[0];
  const [answered] = messages.filter((message) => message.answer)
    .sort((a, b) => b.answered - a.answered);
  // An answer that is older than the head was given to another message.
  const isAnswered = answered !== undefined && answered.answered >= head.received;
  return {
    id, messages, head, answered, isAnswered,
    isDeclined: isAnswered && (answered.answer === 'no' || answered.answer === 'leaving'),
    realness: messages[0].header.realness === seal.REAL ? 'real' : 'exercise',
    updates: messages.filter(isUpdate)
  };
}

// Replies to a message. The sealed reply is kept until it is sent. `when` is absolute, so that a
// late reply still means the same.
export async function reply(device, {id, header, notice}, answer, when) {
  const payload = {answer, when: when ? new Date(when).toISOString() : undefined};
  const sealed = await seal.compose(
    notice.replyTo, {...header, kind: seal.Kind.reply}, REPLY_LIFE_MS,
    utf8(JSON.stringify(payload)), device, await lastAnswered());
  await store.put(store.OUTBOX, toBase64(sealed.id), {...sealed, letter: id});
  const changes = {seen: true};
  if (answer !== 'seen')
    Object.assign(changes, {answer, when, answered: sealed.created, fate: 'not_sent'});
  await store.update(store.MESSAGES, id, () => changes);
  await sendOutbox(device).catch(() => {});
}

// When this device last answered. The incident refuses a reply that was created before another.
async function lastAnswered() {
  let last = 0;
  for (const {answered = 0} of await store.all(store.MESSAGES)) last = Math.max(last, answered);
  return last;
}

let sending = Promise.resolve();

// Throws when some replies have to wait. Calls run one after the other.
export function sendOutbox(device) {
  sending = sending.catch(() => {}).then(() => sendReplies(device));
  return sending;
}

// In the order of their creation, because the last answer counts.
async function sendReplies(device) {
  const replies = await store.all(store.OUTBOX);
  replies.sort((a, b) => a.created - b.created);
  for (const sealed of replies) {
    let fate = 'sent';
    try {
      await wire.post(device, sealed);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fate = 'not_taken';
    }
    await store.remove(store.OUTBOX, toBase64(sealed.id));
    // Not when the person has changed the answer since.
    const fateOf = ({answered}) => (answered === sealed.created ? {fate} : {});
    await store.update(store.MESSAGES, sealed.letter, fateOf);
  }
}
