// The messages of this device: which are believed, what they mean and what was answered. A message
// is shown only when a coordinator of the organisation signed it. All others are counted.
import {ensure, fromBase64, isSame, random, Refused, textOf, toBase64, utf8} from './bytes.js';
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
const REFUSALS = ['no', 'leaving'];
const NEAR_MS = 2 * 3_600_000;  // before a relief shift in which somebody may say that they are there
// What a coordinator wrote so soon after a refusal was sent was written without knowing of it.
const CROSSING_MS = 10_000;

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

// Returns {id, header, notice}, also when it has expired: its reader sees that it is too late. Throws
// Refused unless one who was a coordinator of the organisation `at` that time signed it for this
// device.
export async function openMessage(envelope, device, at) {
  const {header, signer, payload} = await seal.openEnvelope(envelope, device, 0);
  ensure(header.kind <= seal.Kind.update);
  const notice = readNotice(payload);
  const {role, subject} = notice.certificate;
  ensure(role <= seal.Role.operational, 'bad signature');
  ensure(isSame(seal.verifyKeyOf(subject), signer), 'bad signature');
  const organisation = seal.verifyKeyOf(device.organisation);
  ensure(await seal.isValid(notice.certificate, organisation, asOf(at, header)), 'bad signature');
  return {id: toBase64(header.id), header, notice};
}

// A signer whose clock is ahead made its certificate by the same clock.
function asOf(at, {created}) {
  return Math.max(at, created);
}

// Keeps what is in an envelope that came `at` this time of the relay, and says what that was: 'urgent'
// or 'routine' for a message, 'known', 'accepted', 'revoked' or 'refused'. The relay may destroy its
// copy once this has resolved.
export async function takeIn(envelope, device, at) {
  try {
    return await takeInValid(envelope, device, at);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const {refused = 0} = await store.settings();
    await store.keepSettings({refused: refused + 1});
    return 'refused';
  }
}

async function takeInValid(envelope, device, at) {
  const opened = await seal.openEnvelope(envelope, device, 0);
  if (opened.header.kind === seal.Kind.acceptance) {
    const standing = await wire.readStanding(opened, device, asOf(at, opened.header));
    if (!standing) return 'revoked';
    await store.keepDevice(Object.assign(device, standing));
    return 'accepted';
  }
  const {id, header, notice} = await openMessage(envelope, device, at);
  if (await store.get(store.MESSAGES, id)) return 'known';
  await store.put(store.MESSAGES, id, {id, envelope, received: at, until: notice.keepUntil});
  return URGENT.includes(notice.kind) && at < header.expires ? 'urgent' : 'routine';
}

// Whether there is a message that was not shown yet. It opens none.
export async function isWaitedFor() {
  return (await store.all(store.MESSAGES)).some(({seen}) => !seen);
}

// Deletes what the incident's retention no longer allows here, by what time it was at the relay when
// that was last heard: a clock that jumps must delete no call. Nothing is deleted before.
export async function forget(contact) {
  for (const {id, until} of await store.all(store.MESSAGES))
    if (until <= contact) await store.remove(store.MESSAGES, id);
}

export async function incidents(device) {
  return incidentsOf(await openKept(device));
}

async function openKept(device) {
  const opened = [];
  for (const kept of await store.all(store.MESSAGES)) {
    try {
      // As of when it came: a message that was good then stays readable.
      const message = await openMessage(kept.envelope, device, kept.received);
      // Whatever its writer's clock says, it was written before it came.
      const written = Math.min(message.header.created, kept.received);
      opened.push({...kept, ...message, written});
    } catch {
      // It was for a device that this browser no longer is: nothing to show.
    }
  }
  return opened;
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
  const isAskedAgain = answered?.isTakenBack && answered.answered >= newest.written;
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

// Whether the answer is a newer word than the message: said after that was written or, if it is a
// refusal, before the writer can have heard it.
function isAnswerTo({written}, {answer, answered, sent = Infinity, isTakenBack}) {
  return !isTakenBack && written <= (REFUSALS.includes(answer) ? sent + CROSSING_MS : answered);
}

// The key of where the person stands. A message that has expired folds, but not while its reader is
// there, expected or due to relieve: they have yet to say that they have arrived, or left.
export function standOf(incident) {
  const {head, ended} = incident;
  const stand = newestWord(incident);
  const isOpen = LASTING.includes(stand) || wire.now() < head.header.expires;
  return ended || !isOpen ? 'over' : stand;
}

const LASTING = ['here', 'expected', 'relief', 'relief_near'];

// The newest word counts, theirs or the coordinator's.
function newestWord({head, answered}) {
  const {kind, by, relief} = head.notice;
  const isAnswered = answered !== undefined && isAnswerTo(head, answered);
  const answer = answered?.answer;
  if (kind === 'request' && !isAnswered) return relief ? 'asked_relief' : 'asked';
  if (answer === 'arrived') return 'here';
  if (isAnswered && answer === 'leaving') return 'left';
  if (isAnswered && answer === 'no') return 'declined';
  if (isAnswered && head.isGivenUp) return 'given_up';
  if (kind === 'request') return answer === 'coming' ? 'expected' : 'answered';
  if (kind === 'assigned') return 'expected';
  if (kind === 'reserve' && by) return wire.now() < by - NEAR_MS ? 'relief' : 'relief_near';
  const mayBeCalled = isAnswered || (kind !== 'stand_down' && kind !== 'update');
  return mayBeCalled && OFFERS.includes(answer) ? 'reserve' : 'free';
}

// Replies to a message. The reply is kept until sendOutbox() has sent it. `when` is absolute, so that a
// late reply still means the same.
export async function reply(device, {id, header, notice, written}, answer, when) {
  // Answers are in the order in which they were given, whatever becomes of the clock in between.
  const answers = (await store.all(store.MESSAGES)).map(({answered: before = 0}) => before + 1);
  const answered = Math.max(wire.now(), written, ...answers);
  const {realness, incident} = header;
  const kept = {
    id: random(16), letter: id, to: notice.replyTo, realness, incident, answer, when, answered,
    ahead: wire.ahead, said: Date.now()
  };
  await store.put(store.OUTBOX, toBase64(kept.id), kept);
  const changes = {seen: true};
  if (answer !== 'seen') {
    Object.assign(
      changes, {answer, when, answered, fate: 'not_sent', sent: undefined, isTakenBack: false});
    if (REFUSALS.includes(answer)) changes.isGivenUp = true;
  }
  await store.update(store.MESSAGES, id, () => changes);
}

// Asks the person again. The answer that was sent counts until there is another.
export function takeBack({id}) {
  return store.update(store.MESSAGES, id, () => ({isTakenBack: true}));
}

let sending = Promise.resolve();

// Throws when some replies have to wait. Calls run one after the other.
export function sendOutbox(device) {
  sending = sending.catch(() => {}).then(() => sendReplies(device));
  return sending;
}

// In the order in which they were given, because the last answer counts.
async function sendReplies(device) {
  const replies = await store.all(store.OUTBOX);
  replies.sort((a, b) => a.answered - b.answered);
  for (const kept of replies) {
    let fate = 'sent';
    try {
      const {created} = await wire.post(device, () => composed(kept, device));
      await store.keepSettings({created});
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fate = 'not_taken';
    }
    await store.remove(store.OUTBOX, toBase64(kept.id));
    // Not when the person has changed the answer since.
    const fateOf = ({answered}) => (answered === kept.answered
      ? {fate, sent: wire.now(), when: promised(kept)} : {});
    await store.update(store.MESSAGES, kept.letter, fateOf);
  }
}

// Sealed when it is sent, because then the relay's time is known: by that it was said when it was, and
// later than what was sent before. The incident passes over a reply that is older than another.
async function composed(kept, device) {
  const {id, to, realness, incident, answer, said} = kept;
  const {created = 0} = await store.settings();
  const when = promised(kept) && new Date(promised(kept)).toISOString();
  return seal.compose(
    to, {id, realness, incident, kind: seal.Kind.reply}, REPLY_LIFE_MS,
    utf8(JSON.stringify({answer, when})), device,
    Math.max(Math.min(wire.now(), said + wire.ahead), created + 1));
}

// The promised time by the relay's clock, which may have become known only since.
function promised({when, ahead}) {
  return when && when + wire.ahead - ahead;
}
