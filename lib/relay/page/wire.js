// What the page and the relay say to each other: tocsin-relay(5). Knows nothing of what is inside
// an envelope. The relay is the one that served the page; the policy lets it speak to no other.
import {blake2b} from './blake2b.js';
import {concat, Reader, Refused, sized, text, time, toBase64, u64, varint} from './bytes.js';
import {Domain, keyIdOf, sign} from './seal.js';

const PATIENCE = 15_000;  // milliseconds, beyond what the relay was asked to wait
const STORED = 1;
const ALREADY = 2;
const FULL = 5;  // and what follows it passes; "not allowed" and "expired" do not
const MESSAGE = 1;

// No answer, or one that promises that a later try may do better.
export class OutOfReach extends Error {}

async function prove({signing, identity}, method, target, body) {
  const now = time(Date.now());
  const asked =
    concat(identity, now, text(method), text(location.host), text(target), blake2b(body));
  const signature = await sign(signing, Domain.request, asked);
  return toBase64(concat([1], identity, now, signature));
}

// who: {signing, identity, certificate?}
async function ask(who, method, target, body, {wait = 0, signal} = {}) {
  // AbortSignal.any would say it in a line; Safari has it only since 17.4.
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), wait * 1000 + PATIENCE);
  signal?.addEventListener('abort', () => stop.abort());
  const headers = {'Tocsin-Proof': await prove(who, method, target, body ?? new Uint8Array())};
  if (who.certificate) headers['Tocsin-Certificate'] = toBase64(who.certificate);
  const policy = {cache: 'no-store', credentials: 'omit', redirect: 'error', signal: stop.signal};
  let answer;
  try {
    answer = await fetch(target, {method, headers, body, ...policy});
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new OutOfReach('offline');
  } finally {
    clearTimeout(limit);
  }
  if (answer.status === 401) throw new OutOfReach('clock');
  if (answer.status === 429 || answer.status >= 500) throw new OutOfReach('busy');
  throw new Refused('refused');
}

// message: {mailbox, id, expires, envelope}. Done when the relay holds it durably; throws
// otherwise.
export async function post(who, {mailbox, id, expires, envelope}) {
  const body = concat(new Uint8Array(16), varint(1), mailbox, id, time(expires), sized(envelope));
  const into = new Reader(await ask(who, 'POST', '/v1/messages', body));
  const count = into.varint();
  const outcome = into.u8();
  if (count !== 1 || outcome >= FULL) throw new OutOfReach('busy');
  if (outcome !== STORED && outcome !== ALREADY) throw new Refused('refused');
}

const mailboxOf = (who) => `/v1/mailbox/${toBase64(keyIdOf(who.identity))}`;

// The envelopes that lie in the mailbox of this key, and the cursor to acknowledge them with.
export async function poll(who, wait, signal) {
  const target = `${mailboxOf(who)}?after=0&wait=${wait}`;
  const into = new Reader(await ask(who, 'GET', target, undefined, {wait, signal}));
  const page = {envelopes: [], cursor: 0n};
  for (let left = into.varint(); left > 0; --left) {
    page.cursor = into.u64();
    const kind = into.u8();
    into.raw(24);  // id and end; those that stand inside, signed, are the ones that count
    const envelope = into.sized();
    if (kind === MESSAGE) page.envelopes.push(envelope);
  }
  into.end();
  return page;
}

export const acknowledge = (who, cursor) =>
  ask(who, 'POST', `${mailboxOf(who)}/acknowledge`, u64(cursor));
