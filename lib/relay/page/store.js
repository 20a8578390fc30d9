// What this browser keeps, in IndexedDB: the device and its keys, the letters still sealed, answers
// on their way, settings. Keys are kept as CryptoKey objects, which no script can read out.

const TABLES = ['own', 'letters', 'outbox'];
const NAME = 'tocsin';

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = request.oncomplete = () => resolve(request.result);
  request.onerror = request.onabort = () => reject(request.error);
});

let opening;
async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => TABLES.forEach((name) => request.result.createObjectStore(name));
  const database = await done(request);
  database.onversionchange = close;  // another tab that wipes must not wait for this one
  return database;
}

async function close() {
  (await opening)?.close();
  opening = undefined;
}

async function transaction(table, ...how) {
  opening ??= open();
  return (await opening).transaction(table, ...how);
}

const rows = async (table) => (await transaction(table)).objectStore(table);

// Durable when it resolves.
async function change(table, act) {
  const changing = await transaction(table, 'readwrite', {durability: 'strict'});
  act(changing.objectStore(table));
  return done(changing);
}

export const get = async (table, key) => done((await rows(table)).get(key));
export const all = async (table) => done((await rows(table)).getAll());
export const put = (table, key, value) => change(table, (store) => store.put(value, key));
// Reads and writes in one transaction, so that two changes at once cannot undo each other. Nothing
// happens when there is no such row.
export const update = (table, key, changes) => change(table, (store) => {
  const request = store.get(key);
  request.onsuccess = () => {
    if (request.result) store.put({...request.result, ...changes(request.result)}, key);
  };
});
export const remove = (table, key) => change(table, (store) => store.delete(key));

export const device = () => get('own', 'device');
export const keepDevice = (value) => put('own', 'device', value);
export const settings = async () => (await get('own', 'settings')) ?? {};
export const keepSettings = async (changes) =>
  put('own', 'settings', {...await settings(), ...changes});

// Everything, keys and the page itself too. The rows first: another window that sleeps may hold up
// the rest.
export async function wipe() {
  for (const table of TABLES) await change(table, (store) => store.clear());
  await close();
  const request = indexedDB.deleteDatabase(NAME);
  await new Promise((resolve) => {
    request.onsuccess = request.onblocked = request.onerror = resolve;
  });
  for (const registration of await navigator.serviceWorker?.getRegistrations() ?? []) {
    registration.active?.postMessage('wipe');
    await registration.unregister();
  }
  for (const name of await caches.keys()) await caches.delete(name);
}
