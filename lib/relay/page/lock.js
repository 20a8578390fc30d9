// The device's own passkey or a PIN, asked for after a time away. It stops whoever picks up the
// telephone; not who takes its storage apart or runs a debugger on it.
import {isSame, random, utf8} from './bytes.js';
import * as store from './store.js';

const PASSES = 600_000;  // of PBKDF2-HMAC-SHA256: about half a second on a telephone
const USER_VERIFIED = 4;  // in the byte of flags behind the hash of the host

export const AWAY_MS = 2 * 60_000;

async function stretch(pin, salt) {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits(
    {name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PASSES}, key, 256));
}

const keep = (lock) => store.put('own', 'lock', lock);

export async function setPin(pin) {
  const salt = random(16);
  await keep({kind: 'pin', salt, mark: await stretch(pin, salt), wrong: 0, until: 0});
}

// The telephone asks for a finger, a face or its own code, and no server takes part.
const challenge = {challenge: random(32), userVerification: 'required'};

export const mayHavePasskey = async () =>
  Boolean(await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable());

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

export async function tryPasskey() {
  const {rawId: id} = await store.get('own', 'lock');
  const {response} = await navigator.credentials.get(
    {publicKey: {...challenge, allowCredentials: [{type: 'public-key', id}]}});
  return new Uint8Array(response.authenticatorData)[32] & USER_VERIFIED ? 0 : NaN;  // no time to wait
}

export const remove = () => store.remove('own', 'lock');
export const kind = async () => (await store.get('own', 'lock'))?.kind;

// 0 when the PIN is right, else how many seconds to wait; they double. A try counts before it is made:
// neither a second window nor a page that is killed makes it free.
export async function tryPin(pin) {
  let lock;
  const now = Date.now();
  await store.update('own', 'lock', (kept) => {
    lock = kept;
    const wait = Math.min(3600, 2 ** kept.wrong);
    return kept.until <= now && {wrong: kept.wrong + 1, until: now + wait * 1000};
  });
  const isRight = lock.until <= now && isSame(await stretch(pin, lock.salt), lock.mark);
  if (isRight) await keep({...lock, wrong: 0, until: 0});
  const {until} = await store.get('own', 'lock');
  return isRight ? 0 : Math.max(1, Math.ceil((until - Date.now()) / 1000));
}
