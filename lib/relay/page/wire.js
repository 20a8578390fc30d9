// What the page and its relay say to each other: tocsin-relay(5). It opens no envelope.
import {
  concat, encodeSized, encodeText, encodeTime, encodeVarint, ensure, Reader, Refused, toBase64
} from './bytes.js';
import {Domain, keyIdOf, sha512, sign} from './seal.js';

// How long to wait for a response, on top of the time that the relay was asked to hold it back.
const PATIENCE_MS = 15_000;
const NO_ANSWERS_MAILBOX = new Uint8Array(16);
const Outcome = {already: 2, full: 5};  // 1 is stored; from 5 on a later try may succeed
const MESSAGE_ITEM = 1;

// The header fields that prove who asks, and for what.
async function proofOf({signing, identity, certificate}, method, target, body) {
  const now = encodeTime(Date.now());
  const signed = concat(
    identity, now, encodeText(method), encodeText(location.host), encodeText(target),
    await sha512(body ?? new Uint8Array()));
  const signature = await sign(signing, Domain.request, signed);
  const headers = {'Tocsin-Proof': toBase64(concat([1], identity, now, signature))};
  if (certificate) headers['Tocsin-Certificate'] = toBase64(certificate);
  return headers;
}

// Asks as `who`: {signing, identity, certificate?}. Refused means that the relay will never take
// it. After any other fault a later try may succeed.
async function ask(who, target, {body, waitSeconds = 0, signal} = {}) {
  const method = body ? 'POST' : 'GET';
  const headers = await proofOf(who, method, target, body);
  const signals = [AbortSignal.timeout(waitSeconds * 1000 + PATIENCE_MS)];
  if (signal) signals.push(signal);
  let response;
  try {
    response = await fetch(target, {
      method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'error',
      signal: AbortSignal.any(signals)
    });
    if (response.ok) return new Reader(new Uint8Array(await response.arrayBuffer()));
  } catch {
    throw new Error('offline');
  }
  if (response.status === 401) throw new Error('clock');
  if (response.status === 429 || response.status >= 500) throw new Error('offline');
  throw new Refused('refused');
}

// Resolves when the relay has the message on its disk.
export async function post(who, {mailbox, id, expires, envelope}) {
  const body = concat(
    NO_ANSWERS_MAILBOX, encodeVarint(1), mailbox, id, encodeTime(expires), encodeSized(envelope));
  const reader = await ask(who, '/v1/messages', {body});
  const count = reader.varint();
  const outcome = reader.u8();
  if (count !== 1 || outcome >= Outcome.full) throw new Error('offline');
  ensure(outcome <= Outcome.already, 'refused');
}

async function mailboxOf({identity}) {
  return `/v1/mailbox/${toBase64(await keyIdOf(identity))}`;
}

// The envelopes in the mailbox of this key, and the cursor that acknowledges them.
export async function poll(who, waitSeconds, signal) {
  const target = `${await mailboxOf(who)}?after=0&wait=${waitSeconds}`;
  const reader = await ask(who, target, {waitSeconds, signal});
  const envelopes = [];
  let cursor;
  for (let left = reader.varint(); left > 0; --left) {
    cursor = reader.raw(8);
    const kind = reader.u8();
    reader.raw(24);  // the relay's id and expiry: those signed inside the envelope count
    const envelope = reader.sized();
    if (kind === MESSAGE_ITEM) envelopes.push(envelope);
  }
  reader.expectEnd();
  return {envelopes, cursor};
}

export async function acknowledge(who, cursor) {
  await ask(who, `${await mailboxOf(who)}/acknowledge`, {body: cursor});
}
