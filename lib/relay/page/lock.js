// A PIN that is asked for after a time away. It keeps a person who picks up the telephone from
// reading and answering; it does not keep out somebody who takes the telephone's storage apart.
import {isSame, random, utf8} from './bytes.js';
import * as store from './store.js';

const PASSES = 600_000;  // of PBKDF2-HMAC-SHA256: about half a second on a telephone
const FREE_TRIES = 5;

export const AWAY_MS = 2 * 60_000;
export const LEAST_DIGITS = 6;

async function stretch(pin, salt) {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits(
    {name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PASSES}, key, 256));
}

const keep = (lock) => store.put('own', 'lock', lock);

export async function setPin(pin) {
  const salt = random(16);
  await keep({salt, mark: await stretch(pin, salt), wrong: 0, until: 0});
}

export const removePin = () => store.remove('own', 'lock');
export const isSet = async () => Boolean(await store.get('own', 'lock'));

// 0 when the PIN is right, else how many seconds to wait before the next try; they double.
export async function tryPin(pin) {
  const lock = await store.get('own', 'lock');
  const left = Math.ceil((lock.until - Date.now()) / 1000);
  if (left > 0) return left;
  const isRight = isSame(await stretch(pin, lock.salt), lock.mark);
  const wrong = isRight ? 0 : lock.wrong + 1;
  const wait = wrong < FREE_TRIES ? 1 : Math.min(3600, 15 * 2 ** (wrong - FREE_TRIES));
  const seconds = isRight ? 0 : wait;
  await keep({...lock, wrong, until: Date.now() + seconds * 1000});
  return seconds;
}
