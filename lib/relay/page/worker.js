// Keeps the page's files, so that it opens without a connection, and wakes for a push. It opens no
// message.

let isWiped = false;

// Fetches all files of the newest version, or none, and only then deletes the older version.
async function refresh() {
  const response = await fetch('/version', {cache: 'no-store'});
  if (!response.ok) throw new Error('no version');
  const [version, ...paths] = (await response.text()).trim().split('\n');
  // The files have the words of one language.
  const name = version + navigator.languages.join();
  if (isWiped) return;
  const cache = await caches.open(name);
  const isEmpty = (await cache.keys()).length === 0;
  if (isEmpty) await cache.addAll(paths.map((path) => new Request(path, {cache: 'no-cache'})));
  for (const other of await caches.keys())
    if (isWiped || other !== name) await caches.delete(other);
}

// Deletes the messages whose retention had ended when the relay was last heard, also when no page is
// open that would.
function forget() {
  const opening = indexedDB.open('tocsin', 1);
  opening.onupgradeneeded = () => opening.transaction.abort();  // the page keeps nothing yet
  opening.onsuccess = () => {
    const database = opening.result;
    const transaction = database.transaction(['own', 'letters'], 'readwrite');
    transaction.objectStore('own').get('settings').onsuccess = ({target: {result: settings}}) => {
      transaction.objectStore('letters').openCursor().onsuccess = ({target: {result: row}}) => {
        if (!row) return;
        if (row.value.until <= settings?.contact) row.delete();
        row.continue();
      };
    };
    transaction.oncomplete = () => database.close();
  };
}
forget();  // whenever the worker wakes

async function install() {
  await refresh();
  await self.skipWaiting();
}
self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page asks for a refresh once it has all its modules, so that it is not made of two versions.
// A worker that was told to wipe lives on until its page closes, and must not fetch files again.
self.addEventListener('message', (event) => {
  if (event.data === 'wipe') isWiped = true;
  if (!isWiped) event.waitUntil(refresh().catch(() => {}));
});

async function keptOrFetched(request, path) {
  const kept = await caches.match(path).catch(() => undefined);
  return kept ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const {origin, pathname} = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (pathname.startsWith('/v1') || pathname.startsWith('/version')) return;
  if (event.request.cache === 'no-store') return;  // another language than the one that is kept
  event.respondWith(keptOrFetched(event.request, pathname));
});

// A push is empty. It must show something: browsers end the subscription of a page that does not.
self.addEventListener('push', (event) => {
  const options = {tag: 'tocsin', renotify: true, icon: '/icon.png'};
  event.waitUntil(self.registration.showNotification('Incident message: open', options));
});

async function openPage() {
  const [first] = await self.clients.matchAll({type: 'window', includeUncontrolled: true});
  if (first) await first.focus();
  else await self.clients.openWindow('/');
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});
