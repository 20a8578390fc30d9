// The page without a connection: keeps its files, whole versions only. Opens no message.

let isWiped = false;

// Takes every file of the newest version or none, and only then lets the older one go.
async function refresh() {
  const answer = await fetch('/version', {cache: 'no-store'});
  if (!answer.ok) throw new Error('no version');
  const [version, ...paths] = (await answer.text()).trim().split('\n');
  const name = version + navigator.languages;  // whose words are in it
  if (isWiped) return;
  const cache = await caches.open(name);
  if ((await cache.keys()).length === 0)
    await cache.addAll(paths.map((path) => new Request(path, {cache: 'no-cache'})));
  for (const other of await caches.keys())
    if (isWiped || other !== name) await caches.delete(other);
}

// Deletes the letters whose time has come, also when there is no page that would.
function forget() {
  const opening = indexedDB.open('tocsin', 1);
  opening.onupgradeneeded = () => opening.transaction.abort();  // nothing is kept here
  opening.onsuccess = () => {
    const changing = opening.result.transaction('letters', 'readwrite');
    changing.objectStore('letters').openCursor().onsuccess = ({target: {result: row}}) => {
      if (row?.value.until <= Date.now()) row.delete();
      row?.continue();
    };
    changing.oncomplete = () => opening.result.close();
  };
}
forget();  // whenever the worker wakes

const on = (name, act) => self.addEventListener(name, act);

on('install', (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
on('activate', (event) => event.waitUntil(self.clients.claim()));
// Refreshed once the page stands, so that none is made of two versions. A worker that is told to go
// lives on with its page, and brings nothing back.
on('message', (event) => {
  isWiped ||= event.data === 'wipe';
  if (!isWiped) event.waitUntil(refresh().catch(() => {}));
});

on('fetch', (event) => {
  const {origin, pathname} = new URL(event.request.url);
  if (origin === location.origin && !/^.(v1|version)/.test(pathname))
    event.respondWith(caches.match(pathname).catch(() => {})
      .then((kept) => kept ?? fetch(event.request)));
});

// It is empty. Browsers take the subscription from who shows nothing.
on('push', (event) => event.waitUntil(self.registration.showNotification(
  'Incident message: open', {tag: 'tocsin', renotify: true, icon: '/icon.svg'})));

on('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({type: 'window', includeUncontrolled: true})
    .then(([first]) => (first ? first.focus() : self.clients.openWindow('/'))));
});
