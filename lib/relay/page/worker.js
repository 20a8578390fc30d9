// The page without a connection: keeps its files, whole versions only, and shows the one
// notification. Never sees a message; what goes to /v1/ passes it by.

const FILES = ['/', ...`page.css app.js view.js language.js lock.js inbox.js enrol.js wire.js
  seal.js hpke.js blake2b.js bytes.js words.js store.js push.js icon.svg app.webmanifest cy.txt pl.txt
  ur.txt`.split(/\s+/).map((name) => `/${name}`)];

let isWiped = false;

// Takes every file of the newest version, and only then lets the older one go.
async function refresh() {
  const answer = await fetch('/version', {cache: 'no-store'});
  if (!answer.ok) throw new Error('no version');
  const name = `page-${await answer.text()}`;
  if (await caches.has(name)) return;
  const files = await Promise.all(FILES.map((file) => fetch(file, {cache: 'no-cache'})));
  if (!files.every((file) => file.ok)) throw new Error('not whole');
  if (isWiped) return;
  const cache = await caches.open(name);
  await Promise.all(files.map((file, i) => cache.put(FILES[i], file)));
  for (const other of await caches.keys())
    if (other !== name) await caches.delete(other);
}

const on = (name, act) => self.addEventListener(name, act);

on('install', (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
on('activate', (event) => event.waitUntil(self.clients.claim()));
// Refreshed once the page stands, so that no page is made of two versions. A worker that is told to
// go lives on as long as its page does, and must not bring back what was deleted.
on('message', (event) => {
  isWiped ||= event.data === 'wipe';
  if (!isWiped) event.waitUntil(refresh().catch(() => {}));
});

on('fetch', (event) => {
  const {origin, pathname} = new URL(event.request.url);
  if (origin === location.origin && event.request.method === 'GET' && FILES.includes(pathname))
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
});

// There is nothing in it. Browsers take the subscription from who shows nothing.
on('push', (event) => event.waitUntil(self.registration.showNotification(
  'Incident message: open', {tag: 'tocsin', renotify: true, icon: '/icon.svg'})));

on('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({type: 'window', includeUncontrolled: true})
    .then(([first]) => (first ? first.focus() : self.clients.openWindow('/'))));
});
