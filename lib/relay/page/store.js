// What this browser keeps, in IndexedDB: the device and its keys, the letters still sealed, answers
// on their way, settings. Keys are kept as CryptoKey objects, which no script can read out.

const TABLES = ['own', 'letters', 'outbox'];
const NAME = 'tocsin';

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opening;
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
        TABLES.forEach((table) => request.result.createObjectStore(table));
    request.onsuccess = () => {
      // Another tab that wipes must not wait for this one.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

// Durable when it resolves.
async function change(table, act) {
  const transaction = (await database()).transaction(table, 'readwrite', {durability: 'strict'});
  act(transaction.objectStore(table));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

export const get = async (table, key) =>
    done((await database()).transaction(table).objectStore(table).get(key));
export const all = async (table) =>
    done((await database()).transaction(table).objectStore(table).getAll());
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
  for (const table of TABLES) await change(table, (rows) => rows.clear());
  (await database()).close();
  opening = undefined;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onblocked = request.onerror = resolve;
  });
  for (const registration of await navigator.serviceWorker?.getRegistrations() ?? []) {
    registration.active?.postMessage('wipe');
    await registration.unregister();
  }
  for (const name of await caches.keys()) await caches.delete(name);
}
