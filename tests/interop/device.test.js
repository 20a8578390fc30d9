// The page as a device in a nurse's hand, from the first real incident until the device is revoked:
// notifications, languages, bad connections, the locks and what it forgets.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {
  browser, button, comeAt, enrol, forgetFiles, heading, open, page, rowsKept, shoot, speak,
  unfolding, until
} from './telephone.js';

const HOUR_MS = 3_600_000;

begin(enrol);

// Makes the page believe that it is in the background, and `notified` resolve once it has shown a
// notification.
const hide = () => page.evaluate(() => {
  Object.defineProperty(document, 'hidden', {value: true, configurable: true});
  const {prototype} = ServiceWorkerRegistration;
  const show = prototype.showNotification;
  globalThis.notified = new Promise((resolve) => {
    prototype.showNotification = function (...values) {
      prototype.showNotification = show;
      return show.apply(this, values).finally(resolve);
    };
  });
});

const unhide = () => page.evaluate(() => {
  delete document.hidden;
  document.dispatchEvent(new Event('visibilitychange'));
});

step('notifies of a message, and says nothing of it', async () => {
  await browser.grantPermissions(['notifications'], {origin: world.url});
  await hide();
  // It notifies even if the connection breaks before the relay is told to forget the message.
  let isBroken = false;
  await page.route('**/v1/mailbox/*/acknowledge', async (route) => {
    if (isBroken) {
      await route.continue();
      return;
    }
    isBroken = true;
    await route.abort();
  });
  await world.declare('--real');
  // One look, when it is shown: a look while one is being shown makes Chromium forget it.
  const shown = await page.evaluate(async () => {
    await globalThis.notified;
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({title, body}) => [title, body]);
  });
  assert.deepEqual(shown, [['Incident message: open', '']]);
  assert.ok(isBroken);
  await page.unroute('**/v1/mailbox/**');
  await unhide();
});

step('tells a real incident from an exercise', async () => {
  await heading(/REAL INCIDENT.*Can you come as/s);
  assert.equal(await page.getByRole('article').first().getAttribute('class'), 'real');
  await shoot('real');
});

step('is answered by the keyboard alone', async () => {
  await unfolding('I can come later').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('From when can you come?').first().waitFor();
  await page.keyboard.press('Tab');
  await comeAt(new Date(Date.now() + 8 * HOUR_MS));
  await world.driver.line('"answer":"later"');
  await heading(/REAL INCIDENT.*Sleep now\. Relieve at/s);
});

step('gives a calendar entry that says only when', async () => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', {name: 'Add to calendar'}).press('Enter');
  const download = await downloading;
  const entry = readFileSync(await download.path(), 'utf8');
  assert.match(entry, /DTSTART:\d{8}T\d{6}Z\r\n/);
  assert.ok(!/resus|red doors|nurse/i.test(entry), 'a calendar is read by others');
  await shoot('relief');
});

step('speaks the languages of its readers, from right to left where they do', async () => {
  const languages = [
    ['cy', 'DIGWYDDIAD GO IAWN', 'ltr'], ['pl', 'PRAWDZIWE ZDARZENIE', 'ltr'],
    ['ur', 'حقیقی واقعہ', 'rtl']
  ];
  for (const [code, word, direction] of languages) {
    await speak(code);
    await forgetFiles();
    await page.reload();
    await page.getByText(word).first().waitFor();
    assert.equal(await page.getAttribute('html', 'dir'), direction);
    assert.equal(await page.getAttribute('html', 'lang'), code);
    await shoot(`language-${code}`);
  }
  await speak('en-GB');
  await forgetFiles();
  await page.reload();
  await heading(/REAL INCIDENT/);
});

async function secondsToOpen() {
  const began = Date.now();
  await page.goto(world.url);
  await heading(/REAL INCIDENT/);
  return ((Date.now() - began) / 1000).toFixed(2);
}

step('opens on a bad connection', async (context) => {
  const cdp = await browser.newCDPSession(page);
  await cdp.send('Network.enable');
  const connections = [
    {name: '3G', latencyMs: 150, bytesPerSecond: 200_000},
    {name: 'one bar', latencyMs: 400, bytesPerSecond: 50_000}
  ];
  for (const {name, latencyMs, bytesPerSecond} of connections) {
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond
    });
    const kept = await secondsToOpen();
    await cdp.send('Network.clearBrowserCache');
    await forgetFiles();
    const cold = await secondsToOpen();
    // The times are printed and not judged, because the machine may be busy.
    context.diagnostic(`${name}: usable after ${cold} s at first, ${kept} s afterwards`);
  }
  await cdp.detach();
  await page.reload();
});

step('locks after a time away, and opens with the PIN', async () => {
  await page.getByText('Settings').press('Enter');
  await page.getByLabel('New PIN').fill('271828');
  await page.getByLabel('The same PIN again').fill('271828');
  await button('Lock with a PIN').press('Enter');
  await button('Remove the lock').waitFor();
  await page.reload();
  await heading('Locked');
  assert.equal(await page.locator('article').count(), 0);
  await shoot('locked');
  await page.getByLabel('PIN').fill('111111');
  await button('Unlock').press('Enter');
  await page.getByText(/Wrong\. Try again at/).first().waitFor();
  // The first wrong PIN costs a second.
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() + 1000;
  });
  await page.getByLabel('PIN').fill('271828');
  await button('Unlock').press('Enter');
  await heading(/REAL INCIDENT/);
  await page.getByText('Settings').press('Enter');
  await button('Remove the lock').press('Enter');
  await button('Lock with a PIN').waitFor();
});

step('locks with the passkey of its device', async () => {
  const cdp = await browser.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const {authenticatorId} = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true
    }
  });
  await page.reload();
  await page.getByText('Settings').press('Enter');
  await button('Lock with this device\'s passkey').press('Enter');
  await button('Remove the lock').waitFor();
  await page.reload();
  await heading('Locked');
  await shoot('locked-passkey');
  // A device that cannot verify its user does not open the page.
  await cdp.send('WebAuthn.setUserVerified', {authenticatorId, isUserVerified: false});
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => get(options).finally(() => { window.isAsked = true; });
  });
  await button('Unlock').press('Enter');
  await until(async () => window.isAsked);
  assert.equal(await page.locator('article').count(), 0);
  await cdp.send('WebAuthn.setUserVerified', {authenticatorId, isUserVerified: true});
  await button('Unlock').press('Enter');
  await heading(/REAL INCIDENT/);
  await page.getByText('Settings').press('Enter');
  await button('Remove the lock').press('Enter');
  await cdp.detach();
});

// Adds a message whose retention has ended.
const keepOldMessage = () => page.evaluate(async () => {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await done(indexedDB.open('tocsin'));
  const rows = database.transaction('letters', 'readwrite').objectStore('letters');
  await done(rows.put({until: Date.now() - 3_600_000}, 'old'));
});

step('forgets by its worker what the retention no longer allows, when no page is open', async () => {
  await page.getByText('Deletes itself from this device').first().waitFor();
  await keepOldMessage();
  const kept = await page.evaluate(rowsKept);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await browser.serviceWorkers()[0].evaluate(() => self.forget());
  await page.waitForFunction(`(${rowsKept})().then((rows) => rows === ${kept} - 1)`);
});

step('forgets by the page what the retention no longer allows', async () => {
  await keepOldMessage();
  const kept = await page.evaluate(rowsKept);
  await page.reload();
  await page.waitForFunction(`(${rowsKept})().then((rows) => rows === ${kept} - 1)`);
});

step('wipes itself when it is revoked', async () => {
  await world.tocsin('staff', 'revoke', '100001', '--reason', 'lost on the bus');
  await heading('This device was removed');
  assert.equal(await page.evaluate(rowsKept), 0);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await shoot('revoked');
  await page.reload();
  await heading('Join');
});
