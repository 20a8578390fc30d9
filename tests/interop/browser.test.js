// The page in Chromium against a real relay and a real coordinator: one nurse's night, from the
// invitation to the day her telephone is struck off.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before} from 'node:test';

import {certify, pageModules} from './modules.js';
import {step} from './step.js';
import {
  browser, button, discard, fold, forgetFiles, heading, open, page, rowsKept, shoot, speak,
  until
} from './telephone.js';
import {World} from './world.js';

let world;

before(async () => {
  world = await World.start();
  await open();
});

after(async () => {
  await discard();
  await world?.stop();
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
        ({name}) => /\.(js|txt)$/.test(name) && !/(worker\.js|words\.txt)$/.test(name));
    const first = Math.min(...modules.map(({responseEnd}) => responseEnd));
    return modules.filter(({startTime}) => startTime > first).map(({name}) => name);
  });
  assert.deepEqual(late, []);
  await shoot('enrol');
  await button('Enrol this device').click();
  await heading('Waiting to be accepted');
  await shoot('waiting');
  const {waiting} = await world.json('staff', 'enrolled');
  assert.equal(waiting.length, 1);
  assert.equal(waiting[0].device, 'Linux');
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
  for (const name of ['I am coming now', 'I can come later'])
    assert.equal(await fold(name).count(), 1, name);
  for (const name of ['Only if you are short', 'I cannot come'])
    assert.equal(await button(name).count(), 1, name);
  await shoot('request');
  await world.driver.line('"seen"');
});

step('answers, is given a post, and may change its mind', async () => {
  await button('Only if you are short').click();
  await page.getByText('You said: Only if you are short.').waitFor();
  await world.driver.line('"last resort"');
  await heading(/Come to Red doors|Sleep now|Stand down|reserve/);
  await fold('Change my answer').click();
  await fold('I am coming now').click();
  await shoot('eta');
  await button(/^30 min/).click();
  await page.getByText(/You said: I am coming now,/).waitFor();
  await world.driver.line('"coming"');
  await heading(/Come to Red doors, ground floor by/);
  await shoot('assigned');
});

step('hears the coordinator, in every window', async () => {
  const second = await browser.newPage();
  await second.goto(world.url);
  await second.getByRole('heading', {name: /Come to Red doors/}).waitFor();
  await fold('Change my answer').focus();
  await world.tocsin('tell', 'coming', 'north entrance only');
  await page.getByText('north entrance only').waitFor();
  assert.equal(await page.locator(':focus').textContent(), 'Change my answer');
  await second.getByText('north entrance only').waitFor();
  await second.close();
  await shoot('news');
});

step('is the same after the browser was closed', async () => {
  await browser.close();
  await open();
  await page.goto(world.url);
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/You said: I am coming now/).waitFor();
});

step('works without a connection, and sends the answer when there is one', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(() => caches.match('/'));
  await browser.setOffline(true);
  await page.reload();
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/No connection/).waitFor();
  await button('I have arrived').click();
  await page.getByText('NOT SENT YET').first().waitFor();
  await shoot('offline');
  // An answer that the relay does not take keeps nothing out that it has to give.
  await page.route('**/v1/messages', (route) => route.fulfill({status: 503}));
  await world.tocsin('tell', 'coming', 'mind the ice');
  await browser.setOffline(false);
  await page.getByText('mind the ice').waitFor();
  await page.getByText('NOT SENT YET').first().waitFor();
  await page.unroute('**/v1/messages');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await world.driver.line('"arrived"');
  await page.getByText(/You said: I have arrived\.\s*Sent/).waitFor();
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
  const certificate = await certify(
      {bytes, seal}, forger,
      {role: 1, subject: forger.identity, name: 'Dr A. Okafor', issued: now, expires: now + 1e7});
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
    certificate: bytes.toBase64(certificate)
  };
  const header = {
    kind: 1,
    realness: 1,
    id: bytes.random(16),
    incident: bytes.random(16),
    created: now,
    expires: now + 3_600_000
  };
  const envelope = await seal.sealEnvelope(
      seal.sealingKeyOf(identity), header, bytes.utf8(JSON.stringify(notice)), forger);
  const item = bytes.concat(
      bytes.encodeVarint(1), bytes.encodeTime(1), [1], header.id, bytes.encodeTime(header.expires),
      bytes.encodeSized(envelope));
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
  await fold('Offer to come').click();
  await button(/^10 min/).waitFor();
  await button('I am leaving').click();
  await page.getByText(/You said: I am leaving\.\s*Sent/).waitFor();
  await world.driver.stop();
});

step('notifies of a message, and says nothing of it', async () => {
  await browser.grantPermissions(['notifications'], {origin: world.url});
  await page.evaluate(() => {
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
  // Nor does it matter that the connection breaks before the relay is told to forget the message.
  let isBroken = false;
  await page.route('**/v1/mailbox/*/acknowledge', (route) => {
    if (isBroken) return route.continue();
    isBroken = true;
    return route.abort();
  });
  await world.declare('--real');
  // Looked at once: a look while one is being shown makes Chromium forget it.
  const shown = await page.evaluate(async () => {
    await globalThis.notified;
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({title, body}) => [title, body]);
  });
  assert.deepEqual(shown, [['Incident message: open', '']]);
  assert.ok(isBroken);
  await page.unroute('**/v1/mailbox/**');
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
  await fold('I can come later').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('From when can you come?').first().waitFor();
  await page.keyboard.press('Tab');
  await page.locator(':focus').fill(inEightHours.toTimeString().slice(0, 5));
  await page.keyboard.press('Enter');
  await world.driver.line('"answer":"later"');
  await heading(/REAL INCIDENT.*Sleep now\. Relieve at/s);
  const [download] = await Promise.all(
      [page.waitForEvent('download'), page.getByRole('link', {name: 'Add to calendar'}).click()]);
  const entry = readFileSync(await download.path(), 'utf8');
  assert.match(entry, /DTSTART:\d{8}T\d{6}Z\r\n/);
  assert.ok(!/resus|red doors|nurse/i.test(entry), 'a calendar is read by others');
  await shoot('relief');
});

step('speaks the languages of its readers, from right to left where they do', async () => {
  for (const [code, word, direction] of [
           ['cy', 'DIGWYDDIAD GO IAWN', 'ltr'], ['pl', 'PRAWDZIWE ZDARZENIE', 'ltr'],
           ['ur', 'حقیقی واقعہ', 'rtl']]) {
    await speak(code);
    await forgetFiles();
    await page.reload();
    await page.getByText(word).first().waitFor();
    assert.equal(await page.getAttribute('html', 'dir') ?? 'ltr', direction);
    assert.equal(await page.getAttribute('html', 'lang'), code);
    await shoot(`language-${code}`);
  }
  await speak('en-GB');
  await forgetFiles();
  await page.reload();
  await heading(/REAL INCIDENT/);
});

step('stands quickly on a bad connection', async (context) => {
  const cdp = await browser.newCDPSession(page);
  await cdp.send('Network.enable');
  const seconds = async () => {
    const began = Date.now();
    await page.goto(world.url);
    await heading(/REAL INCIDENT/);
    return ((Date.now() - began) / 1000).toFixed(2);
  };
  // Milliseconds there and back, and bytes a second. Printed, because a machine may be busy.
  for (const [name, latency, throughput] of [['3G', 150, 200_000], ['one bar', 400, 50_000]]) {
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput
    });
    const kept = await seconds();
    await cdp.send('Network.clearBrowserCache');
    await forgetFiles();
    const cold = await seconds();
    context.diagnostic(`${name}: usable after ${cold} s at first, ${kept} s afterwards`);
  }
  await cdp.detach();
  await page.reload();
});

step('locks after a time away, and opens with the PIN', async () => {
  await page.getByText('Settings').click();
  await page.getByLabel('New PIN').fill('271828');
  await button('Lock with a PIN').click();
  await button('Remove the lock').waitFor();
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
  await page.getByText('Settings').click();
  await button('Remove the lock').click();
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
  await page.getByText('Settings').click();
  await button('Lock with this device\'s passkey').click();
  await button('Remove the lock').waitFor();
  await page.reload();
  await heading('Locked');
  await shoot('locked-passkey');
  await cdp.send('WebAuthn.setUserVerified', {authenticatorId, isUserVerified: false});
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => get(options).finally(() => { window.isAsked = true; });
  });
  await button('Unlock').click();
  await until(async () => window.isAsked);
  assert.equal(await page.locator('article').count(), 0);
  await cdp.send('WebAuthn.setUserVerified', {authenticatorId, isUserVerified: true});
  await button('Unlock').click();
  await heading(/REAL INCIDENT/);
  await page.getByText('Settings').click();
  await button('Remove the lock').click();
  await cdp.detach();
});

step('forgets what the retention of the incident no longer allows', async () => {
  await page.getByText('Deletes itself from this device').first().waitFor();
  // By its worker, which wakes when there is no page.
  await page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const rows = (await done(indexedDB.open('tocsin')))
                     .transaction('letters', 'readwrite').objectStore('letters');
    await done(rows.put({until: Date.now() - 1}, 'old'));
  });
  const before = await page.evaluate(rowsKept);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await browser.serviceWorkers()[0].evaluate(() => self.forget());
  await page.waitForFunction(`(${rowsKept})().then((rows) => rows === ${before} - 1)`);
  // By the page, while it is open.
  await page.clock.install();
  await page.goto(world.url);
  await heading(/REAL INCIDENT/);
  await page.clock.fastForward(167 * 3_600_000);
  await page.getByText('Change my answer').first().waitFor({state: 'detached'});  // it has expired
  await heading(/REAL INCIDENT/);
  await page.clock.fastForward(3 * 3_600_000);
  await heading('No messages');
  await browser.close();  // and its false clock
  await open();
  await page.goto(world.url);
});

step('wipes itself when it is struck off the list', async () => {
  await world.tocsin('staff', 'revoke', '100001', '--reason', 'lost on the bus');
  await heading('This device was removed');
  assert.equal(await page.evaluate(rowsKept), 0);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await shoot('revoked');
  await page.reload();
  await heading('Join');
});
