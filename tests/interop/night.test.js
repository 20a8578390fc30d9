// The page in Chromium against a real relay and a real coordinator: one nurse's night, from the
// invitation until she is stood down.
import assert from 'node:assert/strict';

import {begin, world} from './begin.js';
import {certify, pageModules} from './modules.js';
import {step} from './step.js';
import {
  browser, button, heading, keptDevice, open, page, shoot, unfolding, until
} from './telephone.js';

const HOUR_MS = 3_600_000;

begin();

// The modules that the browser asked for only after another one had come.
const lateModules = () => page.evaluate(() => {
  const modules = performance.getEntriesByType('resource').filter(
    ({name}) => /\.(js|txt)$/.test(name) && !/(worker\.js|words\.txt)$/.test(name));
  const first = Math.min(...modules.map(({responseEnd}) => responseEnd));
  return modules.filter(({startTime}) => startTime > first).map(({name}) => name);
});

step('enrols by a link, and shows the words that the organisation sees', async () => {
  const {link, fingerprint} = await world.json('staff', 'invite', '100001');
  assert.ok(link.startsWith(`${world.url}/#tocsin-invite:`), 'the secret is in the fragment');
  await page.goto(link);
  await heading('Join as Ana Bell');
  assert.equal(new URL(page.url()).hash, '', 'the secret does not stay in the address bar');
  assert.ok((await page.textContent('main')).includes(fingerprint));
  assert.deepEqual(await lateModules(), []);
  await shoot('enrol');
  await button('Enrol this device').press('Enter');
  await heading('Waiting to be accepted');
  await shoot('waiting');
  const {waiting} = await world.json('staff', 'enrolled');
  assert.equal(waiting.length, 1);
  assert.equal(waiting[0].device, 'Linux');
  assert.equal(await page.locator('.words').first().textContent(), waiting[0].fingerprint);
  await world.tocsin('staff', 'enrolled', '--accept');
  await heading('Nothing waits for you');
  await shoot('empty');
});

step('keeps keys that no script can read out', async () => {
  const device = await page.evaluateHandle(keptDevice);
  const outcomes = await device.evaluate(async ({signing, opening}) => {
    const found = [signing.extractable, opening.extractable];
    for (const key of [signing, opening]) {
      for (const format of ['pkcs8', 'jwk']) {
        const exported = crypto.subtle.exportKey(format, key);
        found.push(await exported.then(() => 'exported', (error) => error.name));
      }
    }
    return found;
  });
  assert.deepEqual(outcomes, [false, false, ...Array(4).fill('InvalidAccessError')]);
});

step('shows a request without a reload', async () => {
  await world.declare('--exercise');
  await heading(/EXERCISE.*Can you come as/s);
  assert.equal(await page.title(), 'Incident message: open');
  const text = await page.textContent('article');
  const parts = [
    'Red doors, ground floor', 'Dr A. Okafor (strategic)',
    'Signed by St Elsewhere', 'Ring St Elsewhere: 020 7946 0000'
  ];
  for (const part of parts) assert.ok(text.includes(part), part);
  assert.match(await page.textContent('[role=alert].unseen'), /^EXERCISE\. Can you come/);
  for (const name of ['I am coming now', 'I can come later'])
    assert.equal(await unfolding(name).count(), 1, name);
  for (const name of ['Only if you are short', 'I cannot come'])
    assert.equal(await button(name).count(), 1, name);
  await shoot('request');
  await world.driver.line('"seen"');
});

step('answers, is given a post, and may change its mind', async () => {
  await button('Only if you are short').press('Enter');
  await page.getByText('You said: Only if you are short.').first().waitFor();
  await world.driver.line('"last resort"');
  await heading(/Come to Red doors|Sleep now|Stand down|reserve/);
  await unfolding('Change my answer').press('Enter');
  await unfolding('I am coming now').press('Enter');
  await shoot('eta');
  await button(/^30 min/).press('Enter');
  await page.getByText(/You said: I am coming now,/).first().waitFor();
  await world.driver.line('"coming"');
  await heading(/Come to Red doors, ground floor by/);
  await shoot('assigned');
});

step('hears the coordinator, in every window', async () => {
  const second = await browser.newPage();
  await second.goto(world.url);
  await second.getByRole('heading', {name: /Come to Red doors/}).waitFor();
  await unfolding('Change my answer').focus();
  await world.tocsin('tell', 'coming', 'north entrance only');
  await page.getByText('north entrance only').first().waitFor();
  assert.equal(await page.locator(':focus').textContent(), 'Change my answer');
  await second.getByText('north entrance only').first().waitFor();
  await second.close();
  await shoot('news');
});

step('is the same after the browser was closed', async () => {
  await browser.close();
  await open();
  await page.goto(world.url);
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/You said: I am coming now/).first().waitFor();
});

step('works without a connection, and sends the answer when there is one', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(() => caches.match('/'));
  await browser.setOffline(true);
  await page.reload();
  await heading(/EXERCISE.*Come to Red doors/s);
  await page.getByText(/No connection/).first().waitFor();
  await button('I have arrived').press('Enter');
  await page.getByText('NOT SENT YET').first().waitFor();
  await shoot('offline');
  // While the relay does not take the answer, the page takes in what the relay has.
  await page.route('**/v1/messages', (route) => route.fulfill({status: 503}));
  await world.tocsin('tell', 'coming', 'mind the ice');
  await browser.setOffline(false);
  await page.getByText('mind the ice').first().waitFor();
  await page.getByText('NOT SENT YET').first().waitFor();
  await page.unroute('**/v1/messages');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await world.driver.line('"arrived"');
  await page.getByText(/You said: I have arrived\.\s*Sent/).first().waitFor();
});

// A request for this device, as an item of its mailbox. Its forger has an organisation of their own,
// and knows the device's public keys.
async function forgedItem(identity) {
  const {bytes, seal} = await pageModules('bytes', 'seal');
  const forger = await seal.generateDevice();
  const now = Date.now();
  const certificate = await certify({bytes, seal}, forger, {
    role: seal.Role.strategic, subject: forger.identity, name: 'Dr A. Okafor', issued: now,
    expires: now + HOUR_MS
  });
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
    keep_until: new Date(now + HOUR_MS).toISOString(),
    reply_to: bytes.toBase64(forger.identity),
    certificate: bytes.toBase64(certificate)
  };
  const header = {
    kind: seal.Kind.request,
    realness: seal.REAL,
    id: bytes.random(16),
    incident: bytes.random(16),
    created: now,
    expires: now + HOUR_MS
  };
  const envelope = await seal.sealEnvelope(
    seal.sealingKeyOf(identity), header, bytes.utf8(JSON.stringify(notice)), forger);
  const cursor = bytes.encodeTime(1);
  return bytes.concat(
    bytes.encodeVarint(1), cursor, [1], header.id, bytes.encodeTime(header.expires),
    bytes.encodeSized(envelope));
}

step('warns of what its organisation did not sign, and gives it no button', async () => {
  const device = await page.evaluateHandle(keptDevice);
  const identity = await device.evaluate((kept) => [...kept.identity]);
  const item = await forgedItem(Uint8Array.from(identity));
  // A relay that delivers it once.
  let isDelivered = false;
  await page.route('**/v1/mailbox/**', async (route) => {
    if (isDelivered || route.request().method() !== 'GET') {
      await route.continue();
      return;
    }
    isDelivered = true;
    await route.fulfill({body: Buffer.from(item), contentType: 'application/octet-stream'});
  });
  await page.reload();
  await heading('Warning: do not act on it');
  const text = await page.textContent('main');
  assert.ok(!text.includes('forged words') && !text.includes('the car park'));
  assert.ok(!text.includes('REAL INCIDENT'));
  await shoot('forged');
  await button('I understand').press('Enter');
  await page.getByRole('heading', {name: 'Warning'}).waitFor({state: 'detached'});
  await page.unroute('**/v1/mailbox/**');
});

step('is stood down when the incident ends, and is asked nothing more', async () => {
  assert.equal(await button('I have left').count(), 1);
  await world.tocsin('stand-down', '--reason', 'test over');
  await page.locator('summary', {hasText: 'ENDED'}).waitFor();
  await shoot('ended');
  await page.locator('summary', {hasText: 'ENDED'}).press('Enter');
  await page.getByText('You said: I have arrived').first().waitFor();
  assert.equal(await page.getByRole('article').getByRole('button').count(), 0);
});
