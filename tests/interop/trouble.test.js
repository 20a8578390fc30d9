// The page when something goes wrong with a telephone, or its reader is in a hurry: no storage, a
// wrong clock, two windows, answers that change, large text and the keyboard alone.
import assert from 'node:assert/strict';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {
  browser, button, comeAt, contact, heading, open, page, rowsKept, unfolding
} from './telephone.js';

const HOUR_MS = 3_600_000;

begin();

const pressEnrol = () => button('Enrol this device').press('Enter');

// Opens the link in a fresh page: one that is open already would only be told of the new "#".
async function follow(link) {
  await page.goto('about:blank');
  await page.goto(link);
  await heading('Join as Ana Bell');
}

step('says what keeps it from being enrolled, and never that it waits when it was not', async () => {
  const {link} = await world.json('staff', 'invite', '100001');
  await follow(link);
  // The relay takes it, and is not heard.
  await page.route('**/v1/messages', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await pressEnrol();
  await page.getByText('No connection.').first().waitFor();
  await page.unroute('**/v1/messages');
  await page.reload();
  await heading(/^Join$/);

  await follow(link);
  // Its clock is an hour ahead, which stops nothing.
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() + 3_600_000;
  });
  // An impatient thumb taps twice.
  await page.evaluate(() => {
    document.getElementById('enrol').click();
    document.getElementById('enrol').click();
  });
  await heading('Waiting to be accepted');
  await page.reload();
  await heading('Waiting to be accepted');
  const {accepted, rejected} = await world.json('staff', 'enrolled', '--accept');
  assert.deepEqual([accepted.length, rejected], [1, 0]);
  await heading('Nothing waits for you');
  assert.equal(await page.getByText('No connection.').count(), 0);
});

step('says so where the browser keeps nothing', async () => {
  const other = await browser.newPage();
  await other.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };
  });
  await other.goto(world.url);
  await other.getByRole('heading', {name: 'This browser is too old'}).waitFor();
  await other.close();
});

step('is fetched from the relay when its worker cannot read what it kept', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const [worker] = browser.serviceWorkers();
  await worker.evaluate(() => {
    self.match = caches.match;
    caches.match = () => Promise.reject(new DOMException('disk', 'UnknownError'));
  });
  await page.reload();
  await heading('Nothing waits for you');
  await worker.evaluate(() => { caches.match = self.match; });
});

// Makes the storage of this window full, or not full any longer.
const makeFull = (window, isFull) => window.evaluate((full) => {
  const {prototype} = IDBDatabase;
  globalThis.transaction ??= prototype.transaction;
  prototype.transaction = function (tables, mode, ...rest) {
    if (full && mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError');
    return globalThis.transaction.call(this, tables, mode, ...rest);
  };
}, isFull);

step('has one lock for all its windows', async () => {
  const other = await browser.newPage();
  await other.goto(world.url);
  await other.getByText('Settings').press('Enter');
  await page.getByText('Settings').press('Enter');
  await page.getByLabel('New PIN').fill('271828');
  await page.getByLabel('The same PIN again').fill('271828');
  await button('Lock with a PIN').press('Enter');
  await other.getByRole('button', {name: 'Remove the lock'}).waitFor();
  await other.reload();
  await other.getByRole('heading', {name: 'Locked'}).waitFor();
  await makeFull(other, true);  // a try that cannot be counted is not made
  await other.getByLabel('PIN').fill('271828');
  await other.getByRole('button', {name: 'Unlock'}).press('Enter');
  await other.getByText('This device cannot store anything.').first().waitFor();
  await button('Remove the lock').press('Enter');
  await other.getByRole('heading', {name: 'Nothing waits for you'}).waitFor();
  await other.close();
});

step('does not pretend that an answer or a message was kept when it was not', async () => {
  await world.declare('--exercise');
  await heading(/EXERCISE.*Can you come as/s);
  await world.driver.line('"seen"');
  await makeFull(page, true);
  await button('I cannot come').press('Enter');
  await page.getByText('This device cannot store anything.').first().waitFor();
  assert.equal(await page.getByText('You said').count(), 0);
  await makeFull(page, false);
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).press('Enter');
  await page.getByText(/You said: I am coming now,.*Sent/).first().waitFor();
  await page.getByText('This device cannot store anything.').first().waitFor({state: 'detached'});
  await heading(/Come to Red doors/);

  await makeFull(page, true);
  await world.tocsin('tell', 'coming', 'north entrance only');
  await page.getByText('This device cannot store anything.').first().waitFor();
  await makeFull(page, false);
  await page.getByText('north entrance only').first().waitFor();
});

step('sends what was said without a connection as soon as there is one', async () => {
  // The poll that waits does not notice that the connection is gone: it waits on for a response.
  await page.getByText('Settings').first().waitFor();
  await browser.setOffline(true);
  await unfolding('Change my answer').press('Enter');
  await button('Only if you are short').press('Enter');
  await page.getByText('You said: Only if you are short').last().waitFor();
  await button('I cannot come after all').press('Enter');
  await page.getByText('You said: I cannot come').last().waitFor();
  await page.getByText('NOT SENT YET').first().waitFor();
  await browser.setOffline(false);
  await page.getByText(/You said: I cannot come\.\s*Sent/).first().waitFor();
  await world.driver.line('"no"');
});

step('tells nobody to come who has said that they cannot', async () => {
  await heading(/EXERCISE.*You said: I cannot come/s);
  assert.equal(await button('I have arrived').count(), 0);
  assert.match(await page.textContent('[role=alert].unseen'), /You said: I cannot come/);
  assert.ok(!(await page.textContent('article')).includes('Red doors'));
});

step('shows where to come to who changed their mind only when a coordinator says so', async () => {
  await page.route('**/v1/messages', (route) => route.fulfill({status: 503}));
  await unfolding('Change my answer').press('Enter');
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).press('Enter');
  await heading(/You said: I am coming now/);
  assert.ok(!(await page.textContent('article')).includes('Red doors'));
  await page.unroute('**/v1/messages');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await heading(/Come to Red doors/);
});

step('is heard while its clock is far ahead, and after it was put right', async () => {
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() + 3 * 3_600_000;
  });
  let heard = world.driver.lines.length;
  await button('I cannot come after all').press('Enter');
  await world.driver.line('"no"', heard);
  await page.getByText(/You said: I cannot come\.\s*Sent/).waitFor();
  await page.reload();
  await page.getByText(/You said: I cannot come\.\s*Sent/).waitFor();
  heard = world.driver.lines.length;
  await unfolding('Change my answer').press('Enter');
  await button('Only if you are short').press('Enter');
  await world.driver.line('"last resort"', heard);
  await page.getByText(/You said: Only if you are short\.\s*Sent/).waitFor();
});

step('keeps what is half typed, and the focus, when news comes', async () => {
  await unfolding('Change my answer').press('Enter');
  await unfolding('I can come later').press('Enter');
  const time = page.getByLabel('From when can you come?').first();
  await time.focus();
  await page.keyboard.type('07');
  await world.tocsin('tell', '100001', 'south entrance after all');
  await page.getByText('south entrance after all').first().waitFor();
  assert.equal(await time.evaluate((input) => input === document.activeElement), true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('15a');  // and AM, where the clock has twelve hours
  assert.equal(await time.inputValue(), '07:15');
});

step('lets somebody who relieves a shift say that they have arrived, once it is near', async () => {
  await comeAt(new Date(Date.now() + 8 * HOUR_MS));
  await heading(/Sleep now\. Relieve at/);
  await page.getByRole('link', {name: 'Add to calendar'}).focus();
  await world.tocsin('tell', '100001', 'bring a torch');
  await page.getByText('bring a torch').first().waitFor();
  assert.equal(await page.locator(':focus').textContent(), 'Add to calendar');
  assert.equal(await button('I have arrived').count(), 0);
  await world.tocsin('tell', '100001', 'the relay stops');
  await page.getByText('the relay stops').first().waitFor();
  // Without the relay's time the page goes by its own.
  await page.route('**/v1/**', (route) => route.abort());
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() + 8 * 3_600_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await button('I have arrived').waitFor();
  await heading(/Come to Red doors/);
  const heard = world.driver.lines.length;
  await unfolding('I will be late').press('Enter');
  await page.locator('.late button', {hasText: /^30 min/}).press('Enter');
  await page.getByText(/You said: I can come later,.*NOT SENT YET/).first().waitFor();
  await page.unroute('**/v1/**');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  // In half an hour, and not in eight and a half.
  const {when} = JSON.parse(await world.driver.line('"answer":"later"', heard));
  assert.ok(Math.abs(Date.parse(when) - Date.now() - HOUR_MS / 2) < 5 * 60_000, when);
  await page.getByText(/You said: I can come later,.*Sent/).first().waitFor();
});

step('is read in large text on a small telephone, and shows where the keyboard is', async () => {
  await world.tocsin('stand-down', '--reason', 'test over');
  await page.locator('summary', {hasText: 'ENDED'}).waitFor();
  await world.driver.stop();
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await unfolding('I am coming now').press('Enter');
  await page.setViewportSize({width: 320, height: 844});
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  const {clipped, narrowest} = await page.evaluate(() => {
    const article = document.querySelector('article');
    const edge = article.getBoundingClientRect().right;
    const all = [...article.querySelectorAll('*')];
    const facts = [...article.querySelectorAll('dd')];
    return {
      clipped: all.filter((element) => element.getBoundingClientRect().right > edge).length,
      narrowest: Math.min(...facts.map((fact) => fact.clientWidth))
    };
  });
  assert.equal(clipped, 0, 'the article cuts off what is wider');
  assert.ok(narrowest > 150, `a fact is ${narrowest} px wide`);

  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme});
    await page.keyboard.press('Tab');
    await unfolding('I am coming now').focus();
    const [outline, behind] = await page.evaluate(() => [
      getComputedStyle(document.activeElement).outlineColor,
      getComputedStyle(document.body).backgroundColor
    ]);
    const [bright, dark] = [outline, behind].map((colour) => Number(colour.match(/\d+/)[0]));
    assert.ok(Math.abs(bright - dark) > 150, `${outline} on ${behind}`);
  }
});

step('says when it is too late to answer', async () => {
  await page.clock.install();
  await contact(page.goto(world.url));  // the clock was hours ahead before
  await heading(/REAL INCIDENT.*Can you come as/s);
  assert.equal(await page.getByText('It is too late').count(), 0);
  await page.route('**/v1/**', (route) => route.abort());
  await page.clock.fastForward(13 * HOUR_MS);
  await page.getByText('It is too late to answer this.').first().waitFor();
  assert.equal(await button('I cannot come').count(), 0);
  await browser.close();  // and its false clock
  await open();
  await page.goto(world.url);
});

step('leaves nothing behind when it is removed, from any window', async () => {
  await page.reload();
  await heading(/REAL INCIDENT/);
  const other = await browser.newPage();
  await other.goto(world.url);
  await other.getByRole('heading', {name: /REAL INCIDENT/}).waitFor();
  // A wipe that takes long: the other window has time to take over the mailbox, and to keep things.
  await page.evaluate(() => {
    caches.keys = () => new Promise((resolve) => { setTimeout(() => resolve([]), 1500); });
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByText('Settings').press('Enter');
  await button('Remove this device').press('Enter');
  await heading('This device was removed');
  await other.getByRole('heading', {name: 'Join'}).waitFor();
  assert.equal(await page.evaluate(rowsKept), 0);
  await other.close();
});

step('is told when its invitation was used on another device', async () => {
  const {link} = await world.json('staff', 'invite', '100001');
  await world.at('terminal', 'respond', 'enrol', link, '--no-passphrase');
  await follow(link);
  await pressEnrol();
  await heading('Waiting to be accepted');
  await world.tocsin('staff', 'enrolled', '--accept');
  await heading('This device was not enrolled');
  assert.equal(await page.evaluate(rowsKept), 0);
});

step('is another device, for another invitation, in whichever window', async () => {
  const {link: used} = await world.json('staff', 'invite', '100001');
  const {link} = await world.json('staff', 'invite', '100001');
  await world.at('second', 'respond', 'enrol', used, '--no-passphrase');
  await world.tocsin('staff', 'enrolled', '--accept');
  await follow(used);
  const listens = page.waitForRequest(/wait=50$/);
  await pressEnrol();
  await heading('Waiting to be accepted');
  await listens;
  const other = await browser.newPage();
  await other.goto(link);
  await other.getByRole('button', {name: 'Enrol this device'}).press('Enter');
  await other.getByRole('heading', {name: 'Waiting to be accepted'}).waitFor();
  await world.tocsin('staff', 'enrolled', '--accept');
  await other.getByRole('heading', {name: 'Nothing waits for you'}).waitFor({timeout: 20_000});
  await other.close();
});
