// Becoming reachable: an invitation that says who invites whom, in the reader's language, an alarm
// that is tested, and a lock that says only that something waits.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';

import {step} from './step.js';
import {browser, button, discard, heading, open, page, rowsKept, shoot, until} from './telephone.js';
import {World} from './world.js';

const STAFF = `Employee Number,Full Name,Staff Group,Job Role,Area of Work,Skills,Travel,Phone,Language
100001,Ana Bell,Nursing,Staff Nurse,ward-1,nurse,20,07700 900001,pl
`;

let world;

// Runs in the page before its own scripts: what the reader and the browser allow, and what is shown
// and heard.
function replaceNotifications() {
  if (location.protocol === 'about:') return;
  const permitted = () => localStorage.getItem('permission') ?? 'default';
  Object.defineProperty(Notification, 'permission', {get: permitted, configurable: true});
  Notification.requestPermission = async () => {
    localStorage.setItem('permission', localStorage.getItem('answer') ?? 'denied');
    return permitted();
  };
  globalThis.shown = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
    globalThis.shown.push([title, options.body, options.requireInteraction, options.silent]);
  };
  globalThis.tones = [];
  const {start} = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    globalThis.tones.push(this.context.state);
    return start.call(this, at);
  };
}

before(async () => {
  world = await World.start(STAFF);
  await open();
  await page.addInitScript(replaceNotifications);
});

after(async () => {
  await discard();
  await world?.stop();
});

const shown = () => page.evaluate(() => globalThis.shown);

const setting = (key, value) => page.evaluate(
  ([name, text]) => localStorage.setItem(name, text), [key, value]);

step('says who invites whom, in the language of the roster', async () => {
  const {link} = await world.json('staff', 'invite', '100001');
  await page.goto(link);
  await heading('Dołącz jako Ana Bell');
  assert.equal(await page.getAttribute('html', 'lang'), 'pl');
  assert.match(await page.textContent('main'), /St Elsewhere wzywa tą stroną personel/);
  await shoot('join-pl');
  await page.locator('#enrol').press('Enter');
  await heading('Oczekiwanie na przyjęcie');
  await page.reload();
  await heading('Oczekiwanie na przyjęcie');
});

step('speaks the language that its reader chooses, also without a connection', async () => {
  await page.locator('#fold-settings').press('Enter');
  await page.locator('#language').selectOption('en');
  await heading('Waiting to be accepted');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(() => caches.match('/'));
  await page.locator('#language').selectOption('cy');
  await heading('Yn aros i gael ei derbyn');
  // What the worker has is English, whenever it is asked.
  for (let opened = 0; opened < 3; ++opened) {
    const fetched = page.waitForResponse(/language\.txt\?cy$/);
    await page.reload();
    await heading('Yn aros i gael ei derbyn');
    await (await fetched).finished();
  }
  await browser.setOffline(true);
  await page.reload();
  await heading('Yn aros i gael ei derbyn');
  await browser.setOffline(false);
  await page.locator('#fold-settings').press('Enter');
  await page.locator('#language').selectOption('en');
  await heading('Waiting to be accepted');
});

step('says when notifications are refused', async () => {
  await button('Test the alarm').press('Enter');
  await page.getByText('Notifications are refused').first().waitFor();
  assert.deepEqual(await shown(), []);
  await shoot('refused');
  await setting('permission', 'default');
  await setting('answer', 'granted');
  await page.reload();
});

step('tests the alarm: it sounds, and shows that there is a message and nothing more', async () => {
  await button('Test the alarm').press('Enter');
  await until(() => globalThis.shown.length > 0);
  assert.deepEqual(await shown(), [['Incident message: open', undefined, true, false]]);
  assert.deepEqual(await page.evaluate(() => globalThis.tones), ['running']);
  await page.getByText('Did it ring?').first().waitFor();
  await world.tocsin('staff', 'enrolled', '--accept');
  await heading('Nothing waits for you');
  await page.getByText(/When St Elsewhere needs you, Ana Bell, it says so here/).first().waitFor();
  // This organisation has no push: nothing wakes a page that is closed.
  await page.locator('#bar .deaf', {hasText: /only while this page is open\. .*: \d\d:\d\d/}).waitFor();
  assert.equal(await page.getByText('Ready').count(), 0);
  await shoot('ready');
});

step('says that it is not ready when notifications are taken away', async () => {
  await setting('permission', 'denied');
  await page.reload();
  await page.locator('#bar .deaf').waitFor();
  await page.getByText('Notifications are refused').first().waitFor();
  await setting('permission', 'granted');
  await page.reload();
  await page.locator('#bar', {hasText: 'only while this page is open'}).waitFor();
  assert.equal(await page.getByText('Did it ring?').first().isVisible(), false);
});

step('takes a PIN of digits only, and only when it was written twice', async () => {
  await page.locator('#fold-settings').press('Enter');
  const write = async (pin, again) => {
    await page.getByLabel('New PIN').fill(pin);
    await page.getByLabel('The same PIN again').fill(again);
    await button('Lock with a PIN').press('Enter');
  };
  await write('abcdefgh', 'abcdefgh');
  assert.equal(await page.getByLabel('New PIN').evaluate((input) => input.validity.patternMismatch), true);
  await write('271828', '271829');
  await page.getByText('The two PINs differ.').first().waitFor();
  assert.equal(await button('Remove the lock').count(), 0);
  await write('271828', '271828');
  await button('Remove the lock').waitFor();
});

step('says behind its lock that a message waits, and not which', async () => {
  await page.reload();
  await heading('Locked');
  assert.equal(await page.getByText('A message waits.').count(), 0);
  await world.declare('--real');
  await page.getByText('A message waits.').first().waitFor();
  const text = await page.textContent('body');
  assert.ok(!/REAL|EXERCISE|Red doors|nurse|Elsewhere/i.test(text), text);
  await shoot('locked-waits');
  await page.getByLabel('PIN').fill('111111');
  await button('Unlock').press('Enter');
  await page.getByText(/Wrong\. Try again at \d\d:\d\d:\d\d\./).first().waitFor();
});

step('tells what is urgent from what is routine', async () => {
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() + 1000;
  });
  await page.getByLabel('PIN').fill('271828');
  await button('Unlock').press('Enter');
  await heading(/REAL INCIDENT/);
  const hidden = (value) => page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', {value: isHidden, configurable: true});
  }, value);
  await hidden(true);
  await world.tocsin('tell', 'asked', 'mind the ice');
  await until(() => globalThis.shown.some(([, , stays]) => !stays));
  assert.deepEqual((await shown()).at(-1), ['Incident message: open', undefined, false, true]);
  await hidden(false);
});

step('shows what cannot be heard, also when the page is in sight', async () => {
  await page.locator('#fold-settings').press('Enter');
  await button('Remove the lock').press('Enter');
  await button('Lock with a PIN').waitFor();
  await page.reload();  // and nobody has touched it since
  await heading(/REAL INCIDENT/);
  assert.equal(await page.evaluate(() => document.hidden), false);
  await world.tocsin('stand-down', '--reason', 'test over');
  await page.locator('summary', {hasText: 'ENDED'}).waitFor();
  await world.driver.stop();
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await until(() => globalThis.shown.some(([, , stays]) => stays));
  assert.deepEqual(await page.evaluate(() => globalThis.tones), []);
});

step('does not say that a device was wiped when an invitation was used before', async () => {
  const {link} = await world.json('staff', 'invite', '100001');
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('#fold-settings').press('Enter');
  await button('Remove this device').press('Enter');
  await heading('This device was removed');
  await world.at('terminal', 'respond', 'enrol', link, '--no-passphrase');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('#enrol').press('Enter');
  await page.locator('#fold-settings').waitFor();
  await world.tocsin('staff', 'enrolled', '--accept');
  await page.locator('h1', {hasText: 'Tego urządzenia nie zarejestrowano'}).waitFor();
  assert.ok(!/niszczone|usunięto/.test(await page.textContent('main')));
  assert.equal(await page.evaluate(rowsKept), 0);
});
