// What the page and the relay that served it say to each other: tocsin-relay(5). Opens no envelope.
import {concat, need, Reader, Refused, sized, text, time, toBase64, varint} from './bytes.js';
import {Domain, keyIdOf, sha512, sign} from './seal.js';

const PATIENCE = 15_000;  // milliseconds, beyond what the relay was asked to wait
const ALREADY = 2;  // there; just stored is less
const FULL = 5;  // and what follows it passes; "not allowed" and "expired" do not
const MESSAGE = 1;

// who: {signing, identity, certificate?}. After any fault but Refused a later try may do better.
async function ask({signing, identity, certificate}, target, body, wait = 0, signal) {
  const method = body ? 'POST' : 'GET';
  const now = time(Date.now());
  const asked = concat(
    identity, now, text(method), text(location.host), text(target),
    await sha512(body ?? new Uint8Array()));
  const signature = await sign(signing, Domain.request, asked);
  const headers = {'Tocsin-Proof': toBase64(concat([1], identity, now, signature))};
  if (certificate) headers['Tocsin-Certificate'] = toBase64(certificate);
  const signals = [AbortSignal.timeout(wait * 1000 + PATIENCE), signal].filter(Boolean);
  let answer;
  try {
    answer = await fetch(target, {
      method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'error',
      signal: AbortSignal.any(signals)
    });
    if (answer.ok) return new Reader(new Uint8Array(await answer.arrayBuffer()));
  } catch {
    throw new Error('offline');
  }
  if (answer.status === 401) throw new Error('clock');
  if (answer.status === 429 || answer.status >= 500) throw new Error('offline');
  throw new Refused('refused');
}

// Done when the relay holds it durably.
export async function post(who, {mailbox, id, expires, envelope}) {
  const body = concat(new Uint8Array(16), varint(1), mailbox, id, time(expires), sized(envelope));
  const into = await ask(who, '/v1/messages', body);
  const count = into.varint();
  const outcome = into.u8();
  if (count !== 1 || outcome >= FULL) throw new Error('offline');
  need(outcome <= ALREADY, 'refused');
}

const mailboxOf = async ({identity}) => `/v1/mailbox/${toBase64(await keyIdOf(identity))}`;

// The envelopes that lie in the mailbox of this key, and the cursor to acknowledge them with.
export async function poll(who, wait, signal) {
  const target = `${await mailboxOf(who)}?after=0&wait=${wait}`;
  const into = await ask(who, target, undefined, wait, signal);
  const envelopes = [];
  let cursor;
  for (let left = into.varint(); left > 0; --left) {
    cursor = into.raw(8);
    const kind = into.u8();
    into.raw(24);  // id and end: those that are signed inside count
    const envelope = into.sized();
    if (kind === MESSAGE) envelopes.push(envelope);
  }
  into.end();
  return {envelopes, cursor};
}

export const acknowledge = async (who, cursor) =>
  ask(who, `${await mailboxOf(who)}/acknowledge`, cursor);
