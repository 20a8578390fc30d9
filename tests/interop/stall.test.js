// Answers on a network that stalls: what was said is shown at once, and the newest word counts,
// whatever arrives late.
import assert from 'node:assert/strict';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {browser, button, enrol, heading, page, unfolding} from './telephone.js';

const AT_ONCE_MS = 5000;  // far less than the page waits for a response

begin(enrol);

// Holds back every request to this path, as a network does that takes what is sent and gives nothing
// back. Returns what lets them go, and all that follow.
async function stall(path) {
  const held = [];
  let isStalled = true;
  await page.route(path, (route) => (isStalled ? held.push(route) : route.continue()));
  return async () => {
    isStalled = false;
    for (const route of held) await route.continue().catch(() => {});  // or the page has given up
    await page.unroute(path);
    await page.evaluate(() => dispatchEvent(new Event('online')));
  };
}

async function come() {
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).first().press('Enter');
}

// What the incident heard last.
const lastHeard = () => world.driver.lines.filter((line) => line.includes('"answer":')).at(-1);

const declined = () => heading(/REAL INCIDENT.*You said: I cannot come/s);

async function end() {
  const {driver} = world;
  await world.tocsin('stand-down', '--reason', 'test over', '--incident', driver.incident);
  await page.waitForFunction(() => !document.querySelector('article:not(.over)'));
  await driver.stop();
}

step('shows at once what was said, and that it was not sent', async () => {
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await world.driver.line('"seen"');
  const release = await stall('**/v1/messages');
  await button('I cannot come').press('Enter');
  const said = page.getByText(/You said: I cannot come\.\s*NOT SENT YET/).first();
  await said.waitFor({timeout: AT_ONCE_MS});
  await release();
  await world.driver.line('"answer":"no"');
  await page.getByText(/You said: I cannot come\.\s*Sent/).first().waitFor();
  await end();
});

step('lets a refusal count that was given while the network stalled', async () => {
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  const hear = await stall('**/v1/mailbox/**');
  await page.reload();
  await heading(/REAL INCIDENT.*Can you come as/s);
  await come();
  await world.driver.line('"answer":"coming"');
  await world.driver.line('"assigned"');
  const speak = await stall('**/v1/messages');
  await button('I cannot come after all').press('Enter');
  await declined();
  // The post comes only now, and knows nothing of the refusal.
  const delivered = page.waitForResponse(/acknowledge$/);
  await hear();
  await delivered;
  await declined();
  await speak();
  await world.driver.line('"answer":"no"');
  await page.getByText(/You said: I cannot come\.\s*Sent/).first().waitFor();
  await declined();
  assert.equal(await page.getByText('Red doors').count(), 0);
  await end();
});

step('sends what was said without a connection in the order in which it was said', async () => {
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await world.driver.line('"seen"');
  await browser.setOffline(true);
  await come();
  await page.getByText(/You said: I am coming now,/).first().waitFor();
  // The clock is put back in between.
  await page.evaluate(() => {
    const {now} = Date;
    Date.now = () => now() - 3_600_000;
  });
  await button('I cannot come after all').press('Enter');
  await declined();
  await browser.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await world.driver.line('"answer":"no"');
  await page.getByText(/You said: I cannot come\.\s*Sent/).first().waitFor();
  await declined();
  assert.match(lastHeard(), /"answer":"no"/);
});
