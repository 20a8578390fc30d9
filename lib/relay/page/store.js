// What this browser keeps, in IndexedDB. Keys are CryptoKey objects, which no script can read out;
// letters are still sealed.

const TABLES = ['own', 'letters', 'outbox'];

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = request.oncomplete = () => resolve(request.result);
  request.onerror = request.onabort = () => reject(request.error);
});

async function open() {  // may throw: browsers can be told to keep nothing
  const opening = indexedDB.open('tocsin', 1);
  opening.onupgradeneeded = () => TABLES.forEach((name) => opening.result.createObjectStore(name));
  return done(opening);
}
const database = open();

const read = async (table, act) => done(act((await database).transaction(table).objectStore(table)));

// Durable when it resolves.
async function change(tables, act) {
  const changing = (await database).transaction(tables, 'readwrite', {durability: 'strict'});
  for (const table of changing.objectStoreNames) act(changing.objectStore(table));
  return done(changing);
}

export const get = (table, key) => read(table, (rows) => rows.get(key));
export const all = (table) => read(table, (rows) => rows.getAll());
export const put = (table, key, value) => change(table, (rows) => rows.put(value, key));
export const remove = (table, key) => change(table, (rows) => rows.delete(key));
// In one transaction, so that two changes at once cannot undo each other. No row, no change.
export const update = (table, key, changes) => change(table, (rows) => {
  const request = rows.get(key);
  request.onsuccess = () => {
    if (request.result) rows.put({...request.result, ...changes(request.result)}, key);
  };
});

export const device = () => get('own', 'device');
export const keepDevice = (value) => put('own', 'device', value);
export const settings = async () => (await get('own', 'settings')) ?? {};
export const keepSettings = async (changes) =>
  put('own', 'settings', {...await settings(), ...changes});

// Everything: keys, letters and the page itself.
export async function wipe() {
  await change(TABLES, (rows) => rows.clear());
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage('wipe');
  await registration?.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
