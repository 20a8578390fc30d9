// Being woken: the page subscribes in Chromium, and the real coordinator wakes it. Node plays the
// push service, and the browser's end of it with its own cryptography: headless Chromium has no push
// service, so its Push API is replaced.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import {EventEmitter, once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before} from 'node:test';

import {step} from './step.js';
import {browser, button, discard, enrol, open, page, PATIENCE_MS} from './telephone.js';
import {World} from './world.js';

const PATH = '/p/a-capability-that-nobody-else-may-know';

let world;

// The push service: what it has got, and the status that it answers.
let service;
let status = 201;
let pushes = [];
const arrivals = new EventEmitter();

// The browser's keys.
const own = crypto.createECDH('prime256v1');
own.generateKeys();
const auth = crypto.randomBytes(16);

// RFC 8188 and 8291, from the receiver's side.
function decrypt(body) {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const sender = body.subarray(21, 21 + body[20]);
  const sealed = body.subarray(21 + body[20]);
  assert.ok(sealed.length <= recordSize && recordSize === 4096 && sender.length === 65);
  const hkdf = (secret, salted, info, size) =>
    Buffer.from(crypto.hkdfSync('sha256', secret, salted, info, size));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]);
  const ikm = hkdf(own.computeSecret(sender), auth, info, 32);
  const key = hkdf(ikm, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdf(ikm, salt, 'Content-Encoding: nonce\0', 12);
  const cipher = crypto.createDecipheriv('aes-128-gcm', key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

// RFC 8292. Returns the claims, and the key that signed them.
function verify(authorization) {
  const [, token, k] = authorization.match(/^vapid t=([\w.-]+), k=([\w-]+)$/);
  const [header, claims, signature] = token.split('.');
  const point = Buffer.from(k, 'base64url');
  assert.equal(point.length, 65);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((c) => c.toString('base64url'));
  const key = crypto.createPublicKey({key: {kty: 'EC', crv: 'P-256', x, y}, format: 'jwk'});
  assert.ok(crypto.verify(
    'sha256', Buffer.from(`${header}.${claims}`), {key, dsaEncoding: 'ieee-p1363'},
    Buffer.from(signature, 'base64url')));
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url'));
  assert.deepEqual(read(header), {typ: 'JWT', alg: 'ES256'});
  return {claims: read(claims), k};
}

const origin = () => `http://127.0.0.1:${service.address().port}`;

async function nextPush() {
  if (pushes.length === 0) await once(arrivals, 'push', {signal: AbortSignal.timeout(PATIENCE_MS)});
  return pushes.shift();
}

async function startService() {
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const {method, url, headers} = request;
    pushes.push({method, url, headers, body: Buffer.concat(parts)});
    response.writeHead(status).end();
    arrivals.emit('push');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

// Runs in the page before its own scripts. `asked` is what the page subscribed with.
function replacePushApi({endpoint, p256dh, secret}) {
  let permission = 'default';
  let subscription = null;
  globalThis.asked = [];
  Object.defineProperty(Notification, 'permission', {get: () => permission});
  Notification.requestPermission = async () => {
    permission = 'granted';
    return permission;
  };
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async (options) => {
    if (permission !== 'granted') throw new Error('nobody has allowed that');
    globalThis.asked.push([options.userVisibleOnly, [...options.applicationServerKey]]);
    subscription = {
      options: {applicationServerKey: options.applicationServerKey.buffer},
      toJSON: () => ({endpoint, keys: {p256dh, auth: secret}})
    };
    return subscription;
  };
}

before(async () => {
  service = await startService();
  world = await World.start();
  world.changeSettings('  - relay\n', `  - relay\n  - channel: push\n    service: ${origin()}\n`);
  await open();
  await browser.grantPermissions(['notifications'], {origin: world.url});
  await page.addInitScript(replacePushApi, {
    endpoint: origin() + PATH,
    p256dh: own.getPublicKey('base64url'),
    secret: auth.toString('base64url')
  });
});

after(async () => {
  await discard();
  await world?.stop();
  service?.close();
});

const asked = () => page.evaluate(() => globalThis.asked);

async function device() {
  const {devices} = await world.json('staff', 'enrolled', '--accept');
  return devices[0];
}

// Until the organisation knows that the device can be woken, or that it cannot.
async function untilItCanBeWoken(canBeWoken) {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  while ((await device()).can_be_woken !== canBeWoken) limit.throwIfAborted();
}

step('asks nobody before they said so, and subscribes when they did', async () => {
  await enrol(world);
  assert.deepEqual(await asked(), []);
  assert.equal((await device()).can_be_woken, false);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await button('Test the alarm').press('Enter');
  await untilItCanBeWoken(true);
  const [[userVisibleOnly, key]] = await asked();
  assert.equal(userVisibleOnly, true);
  assert.equal(key.length, 65);
  await page.locator('#bar .ready', {hasText: 'Ready. Last contact'}).waitFor();
});

let key;
step('is woken by a message that has nothing in it', async () => {
  await world.declare('--exercise');
  const {method, url, headers, body} = await nextPush();
  assert.deepEqual([method, url], ['POST', PATH]);
  assert.equal(headers.urgency, 'high');
  assert.equal(headers.topic, 'message');
  assert.equal(headers['content-encoding'], 'aes128gcm');
  assert.ok(Number(headers.ttl) > 0);
  assert.deepEqual([...decrypt(body)], [2], 'nothing, and the mark of the last record');
  const {claims, k} = verify(headers.authorization);
  assert.equal(claims.aud, origin());
  assert.ok(claims.exp > Date.now() / 1000 && claims.exp < Date.now() / 1000 + 86_400);
  key = k;
});

step('is subscribed with the key that wakes it', async () => {
  const [[, subscribed]] = await asked();
  assert.equal(Buffer.from(subscribed).toString('base64url'), key);
});

step('shows one notification, and says nothing of it', async () => {
  const session = await browser.newCDPSession(page);
  const registered = new Promise((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({registrations}) => {
      if (registrations.length > 0) resolve(registrations[0].registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const [worker] = browser.serviceWorkers();
  await worker.evaluate(() => {
    const show = registration.showNotification.bind(registration);
    const shown = [];
    self.notifiedTwice = new Promise((resolve) => {
      registration.showNotification = (...values) => {
        const next = show(...values);
        shown.push(next);
        if (shown.length === 2) Promise.all(shown).finally(resolve);
        return next;
      };
    });
  });
  const push = {origin: `${world.url}/`, registrationId, data: ''};
  await session.send('ServiceWorker.deliverPushMessage', push);
  await session.send('ServiceWorker.deliverPushMessage', push);
  // One look, when both are shown: a look while one is being shown makes Chromium forget it.
  const shown = await worker.evaluate(async () => {
    await self.notifiedTwice;
    return (await registration.getNotifications()).map(({title, body}) => [title, body]);
  });
  assert.deepEqual(shown, [['Incident message: open', '']]);
});

step('is not woken again once its push service says that it is gone', async () => {
  status = 410;
  pushes = [];
  await world.tocsin('tell', 'asked', 'north entrance only');
  await nextPush();
  await untilItCanBeWoken(false);
  await world.tocsin('tell', 'asked', 'south entrance after all');
  await page.getByText('south entrance after all').first().waitFor();
  assert.deepEqual(pushes, []);
});

step('is known to nobody: neither to the relay nor to whoever reads the disk', async () => {
  const home = join(world.folder, 'trust');
  for (const entry of readdirSync(home, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    assert.ok(!readFileSync(path).includes(PATH), path);
  }
});
