// The page in Chromium against a real relay and a real coordinator: one nurse's night, from the
// invitation to the day her telephone is struck off. TOCSIN_SHOTS names a folder for screenshots.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {chromium} from 'playwright-core';

import {pageModules} from './modules.js';
import {World} from './world.js';

const PATIENCE = 15_000;
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.TOCSIN_SHOTS;

let world;
let profile;
let browser;
let page;

async function open() {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.TOCSIN_CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
    viewport: {width: 390, height: 844},
    locale: 'en-GB',
    bypassCSP: false
  });
  browser.setDefaultTimeout(PATIENCE);
  page = browser.pages()[0] ?? await browser.newPage();
  page.on('pageerror', (error) => assert.fail(`the page threw: ${error.stack}`));
  page.on('console', (message) => {
    // Failed requests are expected while there is no connection; a breach of the policy never is.
    if (message.text().includes('Content Security Policy')) assert.fail(message.text());
  });
}

const button = (name) => page.getByRole('button', {name});
const heading = (name) => page.getByRole('heading', {name}).first().waitFor();

// What `look` gives in the page, once that is something. It looks every time that a frame is due.
async function until(look) {
  return page.evaluate(`(async () => {
    const look = ${look};
    for (let found; ; await new Promise(requestAnimationFrame))
      if ((found = await look())) return found;
  })()`);
}

// Runs axe in the page's main world, past its policy, as a debugger may.
async function isAccessible(where) {
  const results = await page.evaluate(`${axe}; axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
  assert.deepEqual(
      results.violations.map(
          ({id, nodes}) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' ')}`),
      []);
}

const overflow = () => page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function shoot(name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme});
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({width, height: 844});
      assert.equal(await overflow(), 0, `${name} is wider than ${width} px`);
      if (shots) {
        mkdirSync(shots, {recursive: true});
        await page.screenshot(
            {path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true});
      }
    }
    await isAccessible(`${name}, ${colorScheme}`);
  }
  // Text twice as large, as people set it who read with difficulty.
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.equal(await overflow(), 0, `${name} with large text is wider than the telephone`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.emulateMedia({colorScheme: null});
  await page.setViewportSize({width: 390, height: 844});
}

before(async () => {
  profile = mkdtempSync(join(tmpdir(), 'tocsin-profile-'));
  world = await World.start();
  await open();
});

after(async () => {
  await browser?.close();
  await world?.stop();
  if (profile) rmSync(profile, {recursive: true, force: true});
});

// One night in order: after a step that failed the rest would only wait in vain.
let hasFailed = false;
const step = (name, act) => test(name, {timeout: 60_000}, async (context) => {
  if (hasFailed) return context.skip('an earlier step failed');
  hasFailed = true;
  await act();
  hasFailed = false;
  return undefined;
});

step('enrols by a link, and shows the words that the organisation sees', async () => {
  const {link, fingerprint} = await world.json('staff', 'invite', '100001');
  assert.ok(link.startsWith(`${world.url}/#tocsin-invite:`), 'the secret is in the fragment');
  await page.goto(link);
  await heading('Join as 100001');
  assert.equal(new URL(page.url()).hash, '', 'the secret does not stay in the address bar');
  assert.ok((await page.textContent('main')).includes(fingerprint));
  // All in one wave behind the page itself: none is asked for by a module that came before it.
  const late = await page.evaluate(() => {
    const modules = performance.getEntriesByType('resource').filter(
        ({name}) => name.endsWith('.js') && !name.endsWith('/worker.js'));
    const first = Math.min(...modules.map(({responseEnd}) => responseEnd));
    return modules.filter(({startTime}) => startTime > first).map(({name}) => name);
  });
  assert.deepEqual(late, []);
  await shoot('enrol');
  await page.getByLabel('What to call this device').fill('Ana\'s phone');
  await button('Enrol this device').click();
  await heading('Waiting to be accepted');
  await shoot('waiting');
  const {waiting} = await world.json('staff', 'enrolled');
  assert.equal(waiting.length, 1);
  assert.equal(waiting[0].device, 'Ana\'s phone');
  assert.equal(await page.locator('.words').first().textContent(), waiting[0].fingerprint);
  await world.tocsin('staff', 'enrolled', '--accept');
  await heading('No messages');
  await shoot('empty');
});

step('keeps keys that no script can read out', async () => {
  const outcomes = await page.evaluate(
      () => new Promise((resolve) => {
        const request = indexedDB.open('tocsin');
        request.onsuccess = () => {
          const get = request.result.transaction('own').objectStore('own').get('device');
          get.onsuccess = async () => {
            request.result.close();
            const {signing, opening} = get.result;
            const tries = [signing, opening].flatMap(
                (key) => ['pkcs8', 'jwk'].map(
                    (format) => crypto.subtle.exportKey(format, key)
                                    .then(() => 'out', (error) => error.name)));
            resolve([signing.extractable, opening.extractable, ...await Promise.all(tries)]);
          };
        };
      }));
  assert.deepEqual(outcomes, [false, false, ...Array(4).fill('InvalidAccessError')]);
});

step('shows a request without a reload', async () => {
  await world.declare('--exercise');
  await heading(/EXERCISE.*Can you come as/s);
  assert.equal(await page.title(), 'Incident message: open');
  const text = await page.textContent('article');
  for (const part
           of ['Red doors, ground floor', 'Dr A. Okafor (strategic)',
               'Signature good: certified by St Elsewhere'])
    assert.ok(text.includes(part), part);
  assert.match(await page.textContent('[role=alert].unseen'), /^EXERCISE\. Can you come/);
  for (const name
           of ['I am coming now', 'I can come later', 'Only if you are short', 'I cannot come'])
    assert.equal(await button(name).count(), 1, name);
  await shoot('request');
  await world.driver.line('"seen"');
});

step('answers, is given a post, and may change its mind', async () => {
  await button('Only if you are short').click();
  await page.getByText('You said: only if you are short.').waitFor();
  await world.driver.line('"last resort"');
  await heading(/Come to Red doors|Sleep now|Stand down|reserve/);
  await button('Change my answer').click();
  await button('I am coming now').click();
  await shoot('eta');
  await button(/^30 min/).click();
  await page.getByText(/You said: coming, there at/).waitFor();
  await world.driver.line('"coming"');
  await heading(/Come to Red doors, ground floor by/);
  await shoot('assigned');
});

step('hears the coordinator, in every window', async () => {
  const second = await browser.newPage();
  await second.goto(world.url);
  await second.getByRole('heading', {name: /Come to Red doors/}).waitFor();
  await world.tocsin('tell', 'coming', 'north entrance only');
  await page.getByText('north entrance only').waitFor();
  await second.getByText('north entrance only').waitFor();
  await second.close();
  await shoot('news');
});

step('is the same after the browser was closed', async () => {
  await browser.close();
  await open();
  await page.goto(world.url);
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/You said: coming/).waitFor();
});

step('works without a connection, and sends the answer when there is one', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(async () => (await caches.keys()).length === 1);
  await browser.setOffline(true);
  await page.reload();
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/No connection/).waitFor();
  await button('I have arrived').click();
  await page.getByText('NOT SENT YET').waitFor();
  await shoot('offline');
  await browser.setOffline(false);
  await world.driver.line('"arrived"');
  await page.getByText(/You said: arrived\.\s*Sent/).waitFor();
});

step('warns of what its organisation did not sign, and gives it no button', async () => {
  const {bytes, seal} = await pageModules('bytes', 'seal');
  const identity = bytes.fromBase64(await page.evaluate(
      () => new Promise((resolve) => {
        const request = indexedDB.open('tocsin');
        request.onsuccess = () => {
          const get = request.result.transaction('own').objectStore('own').get('device');
          get.onsuccess = () => {
            request.result.close();
            resolve(btoa(String.fromCharCode(...get.result.identity))
                        .replaceAll('+', '-')
                        .replaceAll('/', '_')
                        .replaceAll('=', ''));
          };
        };
      })));
  // A forger with an organisation of its own, who knows the device's public key, and a relay that
  // delivers what it likes.
  const forger = await seal.generateDevice();
  const now = Date.now();
  const certificate = {
    role: 1,
    subject: forger.identity,
    name: 'Dr A. Okafor',
    serial: 1n,
    issued: now,
    expires: now + 3_600_000,
    issuer: seal.verifyKeyOf(forger.identity),
    signature: new Uint8Array(64)
  };
  const unsigned = seal.encodeCertificate(certificate);
  certificate.signature = await seal.sign(
      forger.signing, seal.Domain.certificate, unsigned.subarray(0, unsigned.length - 64));
  const notice = {
    kind: 'request',
    incident: 'INC-1',
    organisation: 'St Elsewhere',
    caller: 'x',
    text: 'forged words',
    area: 'a',
    role: 'r',
    report_to: 'the car park',
    shift: 's',
    reply_to: bytes.toBase64(forger.identity),
    certificate: bytes.toBase64(seal.encodeCertificate(certificate))
  };
  const header = {
    kind: 1,
    realness: 1,
    id: seal.randomId(),
    incident: seal.randomId(),
    created: now,
    expires: now + 3_600_000
  };
  const envelope = await seal.sealEnvelope(
      seal.sealingKeyOf(identity), header, bytes.utf8(JSON.stringify(notice)), forger);
  const item = bytes.concat(
      bytes.varint(1), bytes.u64(1n), bytes.u8(1), header.id, bytes.time(header.expires),
      bytes.sized(envelope));
  let isDelivered = false;
  await page.route('**/v1/mailbox/**', (route) => {
    if (isDelivered || route.request().method() !== 'GET') return route.continue();
    isDelivered = true;
    return route.fulfill({body: Buffer.from(item), contentType: 'application/octet-stream'});
  });
  await page.reload();
  await heading('Warning: do not act on it');
  const text = await page.textContent('main');
  assert.ok(!text.includes('forged words') && !text.includes('the car park'));
  assert.ok(!text.includes('REAL INCIDENT'));
  await shoot('forged');
  await button('I understand').click();
  await page.getByRole('heading', {name: 'Warning'}).waitFor({state: 'detached'});
  await page.unroute('**/v1/mailbox/**');
});

step('is stood down, and says that it leaves', async () => {
  await world.tocsin('stand-down', '--reason', 'test over');
  await heading(/EXERCISE.*Stand down/s);
  await shoot('stood-down');
  await button('Offer to come').click();
  await button(/^10 min/).waitFor();
  await button('I am leaving').click();
  await page.getByText(/You said: leaving\.\s*Sent/).waitFor();
  await world.driver.stop();
});

step('notifies of a message, and says nothing of it', async () => {
  await browser.grantPermissions(['notifications'], {origin: world.url});
  await page.evaluate(
      () => Object.defineProperty(document, 'hidden', {value: true, configurable: true}));
  await world.declare('--real');
  const shown = await until(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notifications = await registration.getNotifications();
    return notifications.length > 0 && notifications.map(({title, body}) => [title, body]);
  });
  assert.deepEqual(shown, [['Incident message: open', '']]);
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
});

step('tells a real incident from an exercise', async () => {
  await heading(/REAL INCIDENT.*Can you come as/s);
  assert.equal(await page.getByRole('article').first().getAttribute('class'), 'real');
  await shoot('real');
  // By the keyboard alone.
  const inEightHours = new Date(Date.now() + 8 * 3_600_000);
  await button('I can come later').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Time').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(inEightHours.toTimeString().slice(0, 5).replace(':', ''));
  await page.keyboard.press('Enter');
  await world.driver.line('"later"');
  await heading(/REAL INCIDENT.*Sleep now\. Relieve at/s);
  const [download] = await Promise.all(
      [page.waitForEvent('download'), page.getByRole('link', {name: 'Add to calendar'}).click()]);
  const entry = readFileSync(await download.path(), 'utf8');
  assert.match(entry, /DTSTART:\d{8}T\d{6}Z\r\n/);
  assert.ok(!/resus|red doors|nurse/i.test(entry), 'a calendar is read by others');
  await shoot('relief');
});

step('speaks the languages of its readers, from right to left where they do', async () => {
  await page.getByText('Settings').click();
  for (const [code, word, direction] of [
           ['cy', 'DIGWYDDIAD GO IAWN', 'ltr'], ['pl', 'PRAWDZIWE ZDARZENIE', 'ltr'],
           ['ur', 'حقیقی واقعہ', 'rtl']]) {
    await page.locator('#language').selectOption(code);
    await page.getByText(word).first().waitFor();
    assert.equal(await page.getAttribute('html', 'dir'), direction);
    assert.equal(await page.getAttribute('html', 'lang'), code);
    await shoot(`language-${code}`);
  }
  await page.locator('#language').selectOption('en');
});

step('locks after a time away, and opens with the PIN', async () => {
  await page.getByLabel('New PIN').fill('271828');
  await button('Lock with a PIN').click();
  await button('Remove the PIN').waitFor();
  await page.reload();
  await heading('Locked');
  assert.equal(await page.locator('article').count(), 0);
  await shoot('locked');
  await page.getByLabel('PIN').fill('111111');
  await button('Unlock').click();
  await page.getByText(/Wrong\. Wait/).waitFor();
  await page.getByLabel('PIN').fill('271828');
  await page.waitForTimeout(1100);
  await button('Unlock').click();
  await heading(/REAL INCIDENT/);
});

step('wipes itself when it is struck off the list', async () => {
  await world.tocsin('staff', 'revoke', '100001', '--reason', 'lost on the bus');
  await heading('This device was removed');
  assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await shoot('revoked');
  await page.reload();
  await heading('Join');
});
