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
const URGENT = ['request', 'assigned'];  // what a person must hear of at once
const TEXTS = ['incident', 'text', 'area', 'role', 'report_to', 'shift', 'site', 'switchboard'];
const OFFERS = ['coming', 'later', 'last resort'];
const NEAR_MS = 2 * 3_600_000;  // before a relief shift in which somebody may say that they are there

function parseNotice(payload) {
  const json = JSON.parse(textOf(payload));
  const notice = {
    kind: json.kind === 'reminder' ? 'request' : json.kind,
    by: json.by ? Date.parse(json.by) : undefined,
    ended: json.ended ? Date.parse(json.ended) : undefined,
    relief: json.relief === true,
    keepUntil: Date.parse(json.keep_until),
    replyTo: fromBase64(json.reply_to),
    certificate: seal.decodeCertificate(fromBase64(json.certificate))
  };
  ensure(KINDS.includes(notice.kind));
  ensure(!Number.isNaN(notice.by) && !Number.isNaN(notice.ended));
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

// Keeps what is in an envelope, and says what that was: 'urgent' or 'routine' for a message, 'known',
// 'accepted', 'revoked', 'late' or 'refused'. The relay may destroy its copy once this has resolved.
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
  return URGENT.includes(notice.kind) ? 'urgent' : 'routine';
}

// Whether there is a message that was not shown yet. It opens none.
export async function isWaitedFor() {
  return (await store.all(store.MESSAGES)).some(({seen}) => !seen);
}

// Deletes what the incident's retention no longer allows here.
export async function forget() {
  for (const {id, until} of await store.all(store.MESSAGES))
    if (until <= Date.now()) await store.remove(store.MESSAGES, id);
}

export async function incidents(device) {
  return incidentsOf(await openKept(device));
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

// Whether it may still be answered. A message about a post stays open until the post begins, also
// when it has expired long before: its reader has yet to say that they have arrived.
function isOpen({header, notice}) {
  const hasPost = notice.kind === 'assigned' || notice.kind === 'reserve';
  const postBegins = hasPost && notice.by ? notice.by : 0;
  return Date.now() < Math.max(header.expires, postBegins);
}

// One for each incident, in the order in which a person should look at them.
function incidentsOf(opened) {
  opened.sort((a, b) => b.header.created - a.header.created || b.received - a.received);
  const byIncident = Object.groupBy(opened, ({header}) => toBase64(header.incident));
  const incidents = Object.entries(byIncident).map(([id, messages]) => incidentOf(id, messages));
  return incidents.sort((a, b) => rankOf(a) - rankOf(b));
}

// `head` is the message that says where things stand; `answered` the one with the newest answer. Who
// took an answer back is asked again, whatever came in between.
function incidentOf(id, messages) {
  const isUpdate = (message) => message.notice.kind === 'update';
  const newest = messages.find((message) => !isUpdate(message)) ?? messages[0];
  const [answered] = messages.filter((message) => message.answer)
    .sort((a, b) => b.answered - a.answered);
  const isAskedAgain = answered?.isTakenBack && answered.answered >= newest.received;
  const head = isAskedAgain ? answered : newest;
  const incident = {
    id, head, answered, messages,
    updates: messages.filter(isUpdate),
    realness: messages[0].header.realness === seal.REAL ? 'real' : 'exercise',
    ended: messages.find(({notice}) => notice.ended)?.notice.ended
  };
  return {...incident, stand: standOf(incident)};
}

// A REAL request that waits for its answer, other REAL incidents, exercises, and what is over.
function rankOf({stand, realness}) {
  if (stand === 'over') return 3;
  if (realness === 'exercise') return 2;
  return stand === 'asked' || stand === 'asked_relief' ? 0 : 1;
}

// The key of where the person stands. The newest word counts, theirs or the coordinator's.
export function standOf({head, answered, ended}) {
  const {kind, by, relief} = head.notice;
  // An answer that is older than the head was given to another message.
  const isAnswered =
    answered !== undefined && answered.answered >= head.received && !answered.isTakenBack;
  const answer = answered?.answer;
  if (ended || !isOpen(head)) return 'over';
  if (kind === 'request' && !isAnswered) return relief ? 'asked_relief' : 'asked';
  if (answer === 'arrived') return 'here';
  if (isAnswered && answer === 'leaving') return 'left';
  if (isAnswered && answer === 'no') return 'declined';
  if (isAnswered && head.isGivenUp) return 'given_up';
  if (kind === 'request') return answer === 'coming' ? 'expected' : 'answered';
  if (kind === 'assigned') return 'expected';
  if (kind === 'reserve' && by) return Date.now() < by - NEAR_MS ? 'relief' : 'relief_near';
  const mayBeCalled = isAnswered || (kind !== 'stand_down' && kind !== 'update');
  return mayBeCalled && OFFERS.includes(answer) ? 'reserve' : 'free';
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
  if (answer !== 'seen') {
    const answered = sealed.created;
    Object.assign(changes, {answer, when, answered, fate: 'not_sent', isTakenBack: false});
    if (answer === 'no' || answer === 'leaving') changes.isGivenUp = true;
  }
  await store.update(store.MESSAGES, id, () => changes);
  await sendOutbox(device).catch(() => {});
}

// Asks the person again. The answer that was sent counts until there is another.
export function takeBack({id}) {
  return store.update(store.MESSAGES, id, () => ({isTakenBack: true}));
}

// When this device last answered. The incident refuses a reply that was created before another. An
// answer of a clock that was far ahead was refused itself, and the next must not be.
async function lastAnswered() {
  const latest = Date.now() + seal.CLOCK_TOLERANCE_MS;
  const answers = (await store.all(store.MESSAGES)).map(({answered = 0}) => answered);
  return Math.max(0, ...answers.filter((answered) => answered <= latest));
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
