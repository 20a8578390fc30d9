// What came, what it means and what was answered. Letters stay sealed where they are kept; only
// what the organisation's coordinators signed is shown, and everything else is counted.
import {fromBase64, isSame, Refused, textOf, toBase64, utf8} from './bytes.js';
import {readStanding} from './enrol.js';
import * as seal from './seal.js';
import * as store from './store.js';
import * as wire from './wire.js';

const REPLY_LIFE = 24 * 3_600_000;
const MOST_LETTERS = 500;
const LONGEST_TEXT = 4000;
const KINDS = [
  'standby', 'request', 'reminder', 'assigned', 'reserve', 'stand_down', 'offer_acknowledgement',
  'update'
];
const TEXTS = ['incident', 'organisation', 'caller', 'text', 'area', 'role', 'report_to', 'shift'];

export class Revoked extends Error {}

function readNotice(payload) {
  let object;
  try {
    object = JSON.parse(textOf(payload));
  } catch {
    throw new Refused('malformed');
  }
  const notice = {kind: object?.kind, by: object?.by ? Date.parse(object.by) : undefined};
  let isSound = KINDS.includes(notice.kind) && !Number.isNaN(notice.by);
  for (const name of TEXTS) {
    const text = notice[name] = object?.[name] ?? '';
    isSound &&= typeof text === 'string' && text.length <= LONGEST_TEXT;
  }
  if (!isSound) throw new Refused('malformed');
  notice.replyTo = fromBase64(String(object.reply_to));
  notice.certificate = seal.decodeCertificate(fromBase64(String(object.certificate)));
  if (notice.replyTo.length !== 64) throw new Refused('malformed');
  return notice;
}

// {id, header, notice}; throws Refused unless a coordinator of the organisation signed it, for this
// device, and it has not expired.
export async function openLetter(envelope, device, now) {
  const {header, signer, payload} = await seal.openEnvelope(envelope, device, now);
  if (header.kind > seal.Kind.update) throw new Refused('malformed');
  const notice = readNotice(payload);
  const {certificate} = notice;
  if (!isSame(seal.verifyKeyOf(certificate.subject), signer) ||
      !seal.isCoordinator(certificate.role) ||
      !await seal.isValid(certificate, seal.verifyKeyOf(device.organisation), now))
    throw new Refused('bad signature');
  return {id: toBase64(header.id), header, notice};
}

// One envelope from the mailbox. Returns what it was: 'letter', 'known', 'accepted', 'late' or
// 'refused'. Throws Revoked when it takes this device off the organisation's list.
async function takeIn(envelope, device) {
  const now = Date.now();
  try {
    const opened = await seal.openEnvelope(envelope, device, now);
    if (opened.header.kind === seal.Kind.acceptance) {
      const standing = await readStanding(opened, device, now);
      if (standing.revoked) throw new Revoked();
      await store.keepDevice(Object.assign(device, standing));
      return 'accepted';
    }
    const {id} = await openLetter(envelope, device, now);
    if (await store.get('letters', id)) return 'known';
    await store.put('letters', id, {id, envelope, received: now});
    return 'letter';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.message === 'expired') return 'late';
    const {refused = 0} = await store.settings();
    await store.keepSettings({refused: refused + 1});
    return 'refused';
  }
}

// Waits up to `wait` seconds for something and takes it in. It is safe here before the relay is
// told to forget it. Returns what came, as takeIn names it.
export async function fetchLetters(device, wait, signal) {
  const page = await wire.poll(device, wait, signal);
  const came = [];
  for (const envelope of page.envelopes) came.push(await takeIn(envelope, device));
  if (page.cursor > 0n) await wire.acknowledge(device, page.cursor);
  return came;
}

// Who sleeps until a shift begins needs to read where to go longer than the message was on its way.
export function keptUntil({header, notice}) {
  const isPost = notice.kind === 'assigned' || notice.kind === 'reserve';
  return Math.max(header.expires, isPost && notice.by || 0);
}

// Every letter that is still of use, opened, newest first; the others are deleted. A letter was
// good when it came, and stays so.
export async function letters(device) {
  const opened = [];
  for (const letter of await store.all('letters')) {
    try {
      const now = {...letter, ...await openLetter(letter.envelope, device, letter.received)};
      if (Date.now() < keptUntil(now)) opened.push(now);
      else await store.remove('letters', letter.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await store.remove('letters', letter.id);
    }
  }
  opened.sort((a, b) => b.header.created - a.header.created || b.received - a.received);
  for (const {id} of opened.splice(MOST_LETTERS)) await store.remove('letters', id);
  return opened;
}

// One for each incident, the newest first: its `head` is the letter that says where things stand.
export function incidents(opened) {
  const found = new Map();
  for (const letter of opened) {
    const id = toBase64(letter.header.incident);
    found.set(id, [...found.get(id) ?? [], letter]);
  }
  return [...found].map(([id, all]) => {
    const isUpdate = ({notice}) => notice.kind === 'update';
    const [last] = all.filter(({answer}) => answer).sort((a, b) => b.answered - a.answered);
    return {
      id,
      letters: all,
      isReal: all[0].header.realness === seal.REAL,
      head: all.find((letter) => !isUpdate(letter)) ?? all[0],
      updates: all.filter(isUpdate),
      said: last && {...last, at: last.answered, isSent: !last.waits && !last.hasFailed}
    };
  });
}

// Seals the answer, keeps it, and sends it; what cannot be sent now waits in the outbox under the
// same id. Times are absolute, so that a late answer still means what was said.
export async function answer(device, letter, what, when) {
  const created = Date.now();
  const header = {
    ...letter.header,
    kind: seal.Kind.reply,
    id: seal.randomId(),
    created,
    expires: created + REPLY_LIFE
  };
  const reply = utf8(JSON.stringify({answer: what, when: when && new Date(when).toISOString()}));
  const {replyTo} = letter.notice;
  const envelope = await seal.sealEnvelope(seal.sealingKeyOf(replyTo), header, reply, device);
  const said = {answer: what, when, answered: created, waits: true, hasFailed: false};
  const isSeen = what === 'seen';
  await store.update('letters', letter.id, () => ({seen: true, ...!isSeen && said}));
  await store.put('outbox', toBase64(header.id), {
    ...header, mailbox: seal.keyIdOf(replyTo), envelope, letter: isSeen ? '' : letter.id
  });
  await sendOutbox(device);
}

let sending = Promise.resolve();

// In the order in which they were given: the last answer counts. Throws OutOfReach when the rest
// has to wait.
export function sendOutbox(device) {
  const next = sending.then(async () => {
    const waiting = await store.all('outbox');
    for (const message of waiting.sort((a, b) => a.created - b.created)) {
      let hasFailed = false;
      try {
        await wire.post(device, message);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        hasFailed = true;
      }
      await store.remove('outbox', toBase64(message.id));
      await store.update('letters', message.letter,
        ({answered}) => (answered === message.created ? {waits: false, hasFailed} : {}));
    }
  });
  sending = next.catch(() => {});
  return next;
}
