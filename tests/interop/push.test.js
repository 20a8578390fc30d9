// Being woken: the page in Chromium subscribes, the real coordinator wakes it, and Node plays the push
// service and the browser's end of it with its own cryptography. Headless Chromium has no push
// service, so what the browser would say of one is put in its mouth.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

import {step} from './step.js';
import {World} from './world.js';

const PATIENCE = 20_000;
const PATH = '/p/a-capability-that-nobody-else-may-know';

let world;
let profile;
let browser;
let page;
let service;
let status = 201;
const pushes = [];
const listeners = [];

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
  const ikm = hkdf(
      own.computeSecret(sender), auth,
      Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]), 32);
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
  const timer = AbortSignal.timeout(PATIENCE);
  while (pushes.length === 0) {
    timer.throwIfAborted();
    await new Promise((resolve) => {
      listeners.push(resolve);
      setTimeout(resolve, 500);
    });
  }
  return pushes.shift();
}

before(async () => {
  service = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const {method, url, headers} = request;
    pushes.push({method, url, headers, body: Buffer.concat(parts)});
    response.writeHead(status).end();
    listeners.splice(0).forEach((wake) => wake());
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  world = await World.start();
  const settings = join(world.folder, 'trust/tocsin.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8')
      .replace('  - relay\n', `  - relay\n  - channel: push\n    service: ${origin()}\n`));
  profile = mkdtempSync(join(tmpdir(), 'tocsin-profile-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.TOCSIN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    locale: 'en-GB'
  });
  browser.setDefaultTimeout(PATIENCE);
  await browser.grantPermissions(['notifications'], {origin: world.url});
  page = browser.pages()[0] ?? await browser.newPage();
  page.on('pageerror', (error) => assert.fail(`the page threw: ${error.stack}`));
  await page.addInitScript(({endpoint, p256dh, secret}) => {
    let permission = 'default';
    Object.defineProperty(Notification, 'permission', {get: () => permission});
    Notification.requestPermission = async () => {
      permission = 'granted';
      return permission;
    };
    globalThis.asked = [];
    let subscription = null;
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
  }, {
    endpoint: origin() + PATH,
    p256dh: own.getPublicKey('base64url'),
    secret: auth.toString('base64url')
  });
});

after(async () => {
  await browser?.close();
  await world?.stop();
  service?.close();
  if (profile) rmSync(profile, {recursive: true, force: true});
});

const asked = () => page.evaluate(() => globalThis.asked);
const device = async () => (await world.json('staff', 'enrolled', '--accept')).devices[0];

step('asks nobody before they said so, and subscribes when they did', async () => {
  const {link} = await world.json('staff', 'invite', '100001');
  await page.goto(link);
  await page.getByRole('button', {name: 'Enrol this device'}).click();
  await page.getByRole('heading', {name: 'Waiting to be accepted'}).first().waitFor();
  await world.tocsin('staff', 'enrolled', '--accept');
  await page.getByRole('heading', {name: 'No messages'}).first().waitFor();
  assert.deepEqual(await asked(), []);
  assert.equal((await device()).can_be_woken, false);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByText('Settings').first().click();
  await page.getByRole('button', {name: 'Show a notification'}).click();
  const limit = AbortSignal.timeout(PATIENCE);
  while (!(await device()).can_be_woken) limit.throwIfAborted();
  const [[userVisibleOnly, key]] = await asked();
  assert.equal(userVisibleOnly, true);
  assert.equal(key.length, 65);
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
        if (shown.push(next) === 2) Promise.all(shown).finally(resolve);
        return next;
      };
    });
  });
  for (let times = 0; times < 2; ++times)
    await session.send(
        'ServiceWorker.deliverPushMessage', {origin: `${world.url}/`, registrationId, data: ''});
  // Looked at once: a look while one is being shown makes Chromium forget it.
  const shown = await worker.evaluate(async () => {
    await self.notifiedTwice;
    return (await registration.getNotifications()).map(({title, body}) => [title, body]);
  });
  assert.deepEqual(shown, [['Incident message: open', '']]);
});

step('is not woken again once its push service says that it is gone', async () => {
  status = 410;
  pushes.length = 0;
  await world.tocsin('tell', 'asked', 'north entrance only');
  await nextPush();
  const limit = AbortSignal.timeout(PATIENCE);
  while ((await device()).can_be_woken) limit.throwIfAborted();
  await world.tocsin('tell', 'asked', 'south entrance after all');
  await page.getByText('south entrance after all').waitFor();
  assert.deepEqual(pushes, []);
});

step('is known to nobody: neither to the relay nor to whoever reads the disk', async () => {
  const home = join(world.folder, 'trust');
  for (const name of readdirSync(home, {recursive: true, withFileTypes: true}))
    if (name.isFile())
      assert.ok(!readFileSync(join(name.parentPath ?? name.path, name.name)).includes(PATH),
          name.name);
});
