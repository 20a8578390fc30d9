// What this browser keeps, in IndexedDB. Keys are CryptoKey objects that no script can read out;
// messages stay sealed.

// Tables. The first version called messages letters, and browsers still have that table.
export const OWN = 'own';
export const MESSAGES = 'letters';
export const OUTBOX = 'outbox';
const TABLES = [OWN, MESSAGES, OUTBOX];

function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completionOf(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

// Rejects in a browser that is set to keep nothing.
async function open() {
  const opening = indexedDB.open('tocsin', 1);
  opening.onupgradeneeded = () => {
    for (const table of TABLES) opening.result.createObjectStore(table);
  };
  return resultOf(opening);
}
const database = open();

async function read(table, request) {
  const transaction = (await database).transaction(table);
  return resultOf(request(transaction.objectStore(table)));
}

// Resolves when the change is on the disk.
async function change(tables, act) {
  const transaction = (await database).transaction(tables, 'readwrite', {durability: 'strict'});
  for (const table of tables) act(transaction.objectStore(table));
  return completionOf(transaction);
}

export function get(table, key) {
  return read(table, (rows) => rows.get(key));
}

export function all(table) {
  return read(table, (rows) => rows.getAll());
}

export function put(table, key, value) {
  return change([table], (rows) => rows.put(value, key));
}

export function remove(table, key) {
  return change([table], (rows) => rows.delete(key));
}

// Adds to a row what `changesOf` makes of it; does nothing where there is no such row, nor a `first`.
// Reading and writing are one transaction, so that two changes at once do not undo each other.
export function update(table, key, changesOf, first) {
  return change([table], (rows) => {
    const request = rows.get(key);
    request.onsuccess = () => {
      const row = request.result ?? first;
      if (row) rows.put({...row, ...changesOf(row)}, key);
    };
  });
}

export function device() {
  return get(OWN, 'device');
}

export function keepDevice(value) {
  return put(OWN, 'device', value);
}

export async function settings() {
  return await get(OWN, 'settings') ?? {};
}

export function keepSettings(changes) {
  return update(OWN, 'settings', () => changes, {});
}

// Destroys everything: keys, messages and the page itself.
export async function wipe() {
  await change(TABLES, (rows) => rows.clear());
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage('wipe');
  await registration?.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
