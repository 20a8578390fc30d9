// A telephone whose clock is wrong, or changes: no call is lost to it, and the last answer stays the last.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';

import {step} from './step.js';
import {
  browser, button, contact, discard, enrol, heading, open, page, PATIENCE_MS, rowsKept, unfolding
} from './telephone.js';
import {World} from './world.js';

let world;

before(async () => {
  world = await World.start();
  await open();
  await page.addInitScript(() => {
    if (location.protocol === 'about:') return;
    const {now} = Date;
    Date.now = () => now() + Number(localStorage.getItem('ahead') ?? 0) * 3_600_000;
  });
});

after(async () => {
  await discard();
  await world?.stop();
});

// Sets the telephone's clock, so many hours from the right time, at once.
const setClock = (hours) => page.evaluate((ahead) => localStorage.setItem('ahead', ahead), hours);

async function end() {
  const {driver} = world;
  await world.tocsin('stand-down', '--reason', 'test over', '--incident', driver.incident);
  await page.locator(`article.over h1`, {hasText: driver.label}).waitFor();
  await driver.stop();
}

async function call() {
  const {incident} = await world.declare('--real');
  world.driver.label = incident;
  await heading(/REAL INCIDENT.*Can you come as/s);
}

async function come() {
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).first().press('Enter');
}

step('enrols with a clock that is hours behind', async () => {
  await page.goto(world.url);
  await setClock(-2);
  await enrol(world);
  assert.equal(await page.getByText('Warning').count(), 0);
});

for (const hours of [-30, -2, 3, 13, 200, 9000]) {
  step(`hears a REAL request with a clock that is ${hours} h wrong, and keeps it`, async () => {
    await setClock(hours);
    await contact(page.reload());
    await call();
    await setClock(0);
    await contact(page.reload());
    await heading(/REAL INCIDENT.*Can you come as/s);
    await setClock(hours);
    await contact(page.reload());
    await heading(/REAL INCIDENT.*Can you come as/s);
    assert.equal(await page.getByText('It is too late').count(), 0);
    await come();
    await world.driver.line('"answer":"coming"');
    await heading(/Come to Red doors/);
    await end();
    await setClock(0);
    await contact(page.reload());
  });
}

step('makes no wait for a PIN longer when its clock is put right', async () => {
  await page.locator('#fold-settings').press('Enter');
  await page.getByLabel('New PIN').fill('271828');
  await page.getByLabel('The same PIN again').fill('271828');
  await button('Lock with a PIN').press('Enter');
  await button('Remove the lock').waitFor();
  await page.route('**/v1/**', (route) => route.abort());
  await setClock(3);
  await page.reload();
  const tryPin = async (pin) => {
    await page.getByLabel('PIN').fill(pin);
    await button('Unlock').press('Enter');
  };
  await tryPin('111111');
  await page.getByText('Wrong. Try again at').first().waitFor();
  await setClock(0);
  await page.reload();
  await tryPin('271828');
  await page.getByText('Wrong. Try again at').first().waitFor();
  await setClock(1 / 3600);
  await tryPin('271828');
  await page.locator('#fold-settings').press('Enter');
  await button('Remove the lock').press('Enter');
  await button('Lock with a PIN').waitFor();
  await page.unroute('**/v1/**');
  await setClock(0);
  await contact(page.reload());
});

for (const [before, then] of [[1, 0], [0, -3], [3, 0], [-30, 0], [0, 200]]) {
  step(`counts the last answer, ${then - before} h later by a clock that was changed`, async () => {
    await setClock(before);
    await contact(page.reload());
    await call();
    await come();
    await world.driver.line('"answer":"coming"');
    await heading(/Come to Red doors/);
    await setClock(then);
    await page.reload();
    await button('I cannot come after all').press('Enter');
    await world.driver.line('"answer":"no"');
    await heading(/REAL INCIDENT.*You said: I cannot come/s);
    await page.getByText(/You said: I cannot come\.\s*Sent/).first().waitFor();
    await contact(page.reload());
    await heading(/REAL INCIDENT.*You said: I cannot come/s);
    await end();
    await setClock(0);
    await contact(page.reload());
  });
}
