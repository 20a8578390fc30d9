// The page's lock: the device's own passkey, or a PIN, asked for after a time away. It stops who
// picks up the telephone, but not who reads its storage or runs a debugger on it.
import {ensure, isSame, random, utf8} from './bytes.js';
import * as store from './store.js';
import * as wire from './wire.js';

export const AWAY_MS = 2 * 60_000;

const PBKDF2_PASSES = 600_000;  // about half a second on a telephone
const MOST_WAIT_SECONDS = 3600;

// In the authenticator's data (WebAuthn), behind the 32 bytes of the host's hash.
const FLAGS_AT = 32;
const USER_VERIFIED = 4;

async function stretch(pin, salt) {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  const algorithm = {name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PBKDF2_PASSES};
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}

function keep(lock) {
  return store.put(store.OWN, 'lock', lock);
}

// Throws Refused unless the PIN was written twice.
export async function setPin(pin, again) {
  ensure(pin === again);
  const salt = random(16);
  await keep({kind: 'pin', salt, mark: await stretch(pin, salt), wrong: 0, until: 0});
}

// No server checks the answer, so the challenge may be any number.
const challenge = {challenge: random(32), userVerification: 'required'};

export async function mayHavePasskey() {
  const credential = window.PublicKeyCredential;
  return Boolean(await credential?.isUserVerifyingPlatformAuthenticatorAvailable());
}

export async function setPasskey() {
  const name = document.title;
  const {rawId} = await navigator.credentials.create({publicKey: {
    ...challenge,
    rp: {name},
    user: {id: random(16), name, displayName: name},
    pubKeyCredParams: [{type: 'public-key', alg: -7}, {type: 'public-key', alg: -257}],
    authenticatorSelection: {authenticatorAttachment: 'platform', userVerification: 'required'}
  }});
  await keep({kind: 'passkey', rawId});
}

// Whether the device has verified its user, by a finger, a face or its own code.
export async function tryPasskey() {
  const {rawId} = await store.get(store.OWN, 'lock');
  const {response} = await navigator.credentials.get(
    {publicKey: {...challenge, allowCredentials: [{type: 'public-key', id: rawId}]}});
  const flags = new Uint8Array(response.authenticatorData)[FLAGS_AT];
  return (flags & USER_VERIFIED) !== 0;
}

export function remove() {
  return store.remove(store.OWN, 'lock');
}

// 'pin', 'passkey' or undefined.
export async function kind() {
  const lock = await store.get(store.OWN, 'lock');
  return lock?.kind;
}

// Returns how many seconds to wait before another try: 0 when the PIN is right, and twice as many
// after each wrong one. A try is counted before it is made, so that no try is free: neither in a
// second window nor by killing the page. A clock that was put right makes no wait longer.
export async function tryPin(pin) {
  const now = wire.now();
  let lock;
  await store.update(store.OWN, 'lock', (kept) => {
    lock = kept;
    const mustWait = now < kept.until;
    const wrong = mustWait ? kept.wrong : kept.wrong + 1;
    const until = now + Math.min(MOST_WAIT_SECONDS, 2 ** (wrong - 1)) * 1000;
    return {wrong, until: mustWait ? Math.min(kept.until, until) : until};
  });
  const mayTry = lock.until <= now;
  if (mayTry && isSame(await stretch(pin, lock.salt), lock.mark)) {
    await keep({...lock, wrong: 0, until: 0});
    return 0;
  }
  const {until} = await store.get(store.OWN, 'lock');
  return Math.max(1, Math.ceil((until - wire.now()) / 1000));
}
