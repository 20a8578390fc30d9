// What came, what it means and what was answered. Letters stay sealed where they are kept; only
// what the organisation's coordinators signed is shown, and everything else is counted.
import {fromBase64, isSame, need, Refused, textOf, toBase64, utf8} from './bytes.js';
import {readStanding} from './enrol.js';
import * as seal from './seal.js';
import * as store from './store.js';
import * as wire from './wire.js';

const REPLY_LIFE = 24 * 3_600_000;
const KINDS = [
  'standby', 'request', 'reminder', 'assigned', 'reserve', 'stand_down', 'offer_acknowledgement',
  'update'
];
const TEXTS = ['incident', 'text', 'area', 'role', 'report_to', 'shift'];

function readNotice(payload) {
  let said;
  try {
    said = JSON.parse(textOf(payload));
  } catch {
    throw new Refused('malformed');
  }
  const notice = {
    kind: said?.kind, by: said?.by && Date.parse(said.by), keepUntil: Date.parse(said?.keep_until)
  };
  need(KINDS.includes(notice.kind) && !Number.isNaN(notice.by) && notice.keepUntil > 0);
  for (const name of TEXTS) notice[name] = String(said[name] ?? '');
  notice.replyTo = fromBase64(String(said.reply_to));
  need(notice.replyTo.length === 64);
  notice.certificate = seal.decodeCertificate(fromBase64(String(said.certificate)));
  return notice;
}

// {id, header, notice}; throws Refused unless a coordinator of the organisation signed it, for this
// device, and it has not expired.
export async function openLetter(envelope, device, now) {
  const {header, signer, payload} = await seal.openEnvelope(envelope, device, now);
  need(header.kind <= seal.Kind.update);
  const notice = readNotice(payload);
  const {role, subject} = notice.certificate;
  need(role <= seal.Role.operational && isSame(seal.verifyKeyOf(subject), signer) &&
    await seal.isValid(notice.certificate, seal.verifyKeyOf(device.organisation), now),
  'bad signature');
  return {id: toBase64(header.id), header, notice};
}

// One envelope from the mailbox. Returns what it was: 'letter', 'known', 'accepted', 'struck off',
// 'late' or 'refused'.
async function takeInOne(envelope, device) {
  const now = Date.now();
  try {
    const opened = await seal.openEnvelope(envelope, device, now);
    if (opened.header.kind === seal.Kind.acceptance) {
      const standing = await readStanding(opened, device, now);
      if (!standing) return 'struck off';
      await store.keepDevice(Object.assign(device, standing));
      return 'accepted';
    }
    const {id, notice} = await openLetter(envelope, device, now);
    if (await store.get('letters', id)) return 'known';
    await store.put('letters', id, {id, envelope, received: now, until: notice.keepUntil});
    return 'letter';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.message === 'expired') return 'late';
    const {refused = 0} = await store.settings();
    await store.keepSettings({refused: refused + 1});
    return 'refused';
  }
}

// Returns what each one was, as above. All are safe here then, and the relay may forget them.
export async function takeIn(envelopes, device) {
  const came = [];
  for (const envelope of envelopes) came.push(await takeInOne(envelope, device));
  return came;
}

// Who sleeps until a shift begins says then that they have arrived, when the message is long old.
export function isOpen({header, notice}) {
  const isPost = notice.kind === 'assigned' || notice.kind === 'reserve';
  return Date.now() < Math.max(header.expires, isPost && notice.by || 0);
}

// Deletes what the incident's retention no longer allows here.
export async function forget() {
  for (const {id, until} of await store.all('letters'))
    if (until <= Date.now()) await store.remove('letters', id);
}

// Every letter that is kept, opened, newest first. A letter was good when it came, and stays so.
export async function letters(device) {
  const opened = [];
  for (const letter of await store.all('letters')) {
    const content = await openLetter(letter.envelope, device, letter.received).catch(() => {});
    if (content) opened.push({...letter, ...content});
  }
  return opened.sort((a, b) => b.header.created - a.header.created || b.received - a.received);
}

// One for each incident, the newest first: its `head` is the letter that says where things stand.
export function incidents(opened) {
  const found = {};
  for (const letter of opened) (found[toBase64(letter.header.incident)] ??= []).push(letter);
  return Object.entries(found).map(([id, all]) => {
    const isUpdate = ({notice}) => notice.kind === 'update';
    const [said] = all.filter(({answer}) => answer).sort((a, b) => b.answered - a.answered);
    return {
      id,
      letters: all,
      isReal: all[0].header.realness === seal.REAL,
      head: all.find((letter) => !isUpdate(letter)) ?? all[0],
      updates: all.filter(isUpdate),
      said
    };
  });
}

// Seals the answer and keeps it in the outbox, until it is sent. Times are absolute, so that a late
// answer still means what was said.
export async function answer(device, {id, header: asked, notice: {replyTo}}, what, when) {
  const created = Date.now();
  const header = {
    ...asked, kind: seal.Kind.reply, id: seal.randomId(), created, expires: created + REPLY_LIFE
  };
  const reply = utf8(JSON.stringify({answer: what, when: when && new Date(when).toISOString()}));
  const envelope = await seal.sealEnvelope(seal.sealingKeyOf(replyTo), header, reply, device);
  const said = what !== 'seen' && {answer: what, when, answered: created, fate: 'not_sent'};
  await store.update('letters', id, () => ({seen: true, ...said}));
  await store.put('outbox', toBase64(header.id), {
    ...header, mailbox: await seal.keyIdOf(replyTo), envelope, letter: id
  });
  await sendOutbox(device).catch(() => {});
}

let sending = Promise.resolve();

// In the order in which they were given: the last answer counts. Throws OutOfReach when the rest
// has to wait.
export function sendOutbox(device) {
  const next = sending.then(async () => {
    const waiting = await store.all('outbox');
    for (const message of waiting.sort((a, b) => a.created - b.created)) {
      let fate = 'sent';
      try {
        await wire.post(device, message);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        fate = 'not_taken';
      }
      await store.remove('outbox', toBase64(message.id));
      await store.update('letters', message.letter,
        ({answered}) => answered === message.created && {fate});
    }
  });
  sending = next.catch(() => {});
  return next;
}
