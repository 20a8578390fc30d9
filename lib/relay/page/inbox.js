// What came, what it means and what was answered. Only what coordinators of the organisation signed
// is shown; everything else is counted.
import {fromBase64, isSame, need, Refused, textOf, toBase64, utf8} from './bytes.js';
import {readStanding} from './enrol.js';
import * as seal from './seal.js';
import * as store from './store.js';
import * as wire from './wire.js';

const REPLY_LIFE = 24 * 3_600_000;
const KINDS =
  'standby request assigned reserve stand_down offer_acknowledgement update'.split(' ');
const TEXTS = 'incident text area role report_to shift'.split(' ');

function readNotice(payload) {
  try {
    const said = JSON.parse(textOf(payload));
    const notice = {
      kind: said.kind === 'reminder' ? 'request' : said.kind,
      by: said.by && Date.parse(said.by), keepUntil: Date.parse(said.keep_until),
      replyTo: fromBase64(said.reply_to),
      certificate: seal.decodeCertificate(fromBase64(said.certificate))
    };
    need(KINDS.includes(notice.kind) && !Number.isNaN(notice.by) && notice.keepUntil > 0 &&
      notice.replyTo.length === 64);
    for (const name of TEXTS) notice[name] = String(said[name] ?? '');
    return notice;
  } catch {
    throw new Refused('malformed');
  }
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

// What it was: 'letter', 'known', 'accepted', 'struck off', 'late' or 'refused'. It is safe here when
// this resolves, and the relay may forget it.
export async function takeIn(envelope, device) {
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

// Who sleeps until a shift begins says that they have arrived when the message is long old.
export function isOpen({header, notice}) {
  const isPost = ['assigned', 'reserve'].includes(notice.kind);
  return Date.now() < Math.max(header.expires, isPost && notice.by || 0);
}

// Deletes what the incident's retention no longer allows here.
export async function forget() {
  for (const {id, until} of await store.all('letters'))
    if (until <= Date.now()) await store.remove('letters', id);
}

// One for each incident, the newest first: its `head` is the letter that says where things stand.
export async function incidents(device) {
  // A letter was good when it came, and stays so.
  const opened = await Array.fromAsync(await store.all('letters'), (letter) =>
    openLetter(letter.envelope, device, letter.received)
      .then((content) => ({...letter, ...content}), () => {}));
  const sorted = opened.filter(Boolean).sort(
    (a, b) => b.header.created - a.header.created || b.received - a.received);
  const found = Object.groupBy(sorted, ({header}) => toBase64(header.incident));
  return Object.entries(found).map(([id, letters]) => {
    const isUpdate = ({notice}) => notice.kind === 'update';
    const [said] = letters.filter(({answer}) => answer).sort((a, b) => b.answered - a.answered);
    const head = letters.find((letter) => !isUpdate(letter)) ?? letters[0];
    const isSaid = said?.answered >= head.received;
    return {
      id, letters, head, said, isSaid, isOff: isSaid && ['no', 'leaving'].includes(said.answer),
      realness: letters[0].header.realness === seal.REAL ? 'real' : 'exercise',
      updates: letters.filter(isUpdate)
    };
  });
}

// Keeps the sealed answer until it is sent. Its times are absolute: a late one still means the same.
export async function answer(device, {id, header, notice: {replyTo}}, what, when) {
  const reply = utf8(JSON.stringify({answer: what, when: when && new Date(when).toISOString()}));
  // The older of two answers is refused.
  const last = Math.max(...(await store.all('letters')).map(({answered = 0}) => answered));
  const message = await seal.compose(
    replyTo, {...header, kind: seal.Kind.reply}, REPLY_LIFE, reply, device, last);
  const said = what !== 'seen' && {answer: what, when, answered: message.created, fate: 'not_sent'};
  await store.put('outbox', toBase64(message.id), {...message, letter: id});
  await store.update('letters', id, () => ({seen: true, ...said}));
  await sendOutbox(device).catch(() => {});
}

let sending = Promise.resolve();

// In their order: the last answer counts. Throws when the rest has to wait.
export const sendOutbox = (device) => sending = sending.catch(() => {}).then(async () => {
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
