// The bar at the foot of the page: what it leads to, what it takes back and what it says, together.
import assert from 'node:assert/strict';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {button, enrol, heading, page, shoot, unfolding} from './telephone.js';

const AT_ONCE_MS = 5000;  // far less than the page waits until it draws itself anew
const VIEWPORT = {width: 390, height: 664};

begin(async (made) => {
  await enrol(made);
  await page.setViewportSize(VIEWPORT);
  // Undo does not end by itself.
  await page.evaluate(() => {
    const {setTimeout: later} = globalThis;
    globalThis.setTimeout = (act, ms, ...rest) => (ms === 8000 ? 0 : later(act, ms, ...rest));
  });
});

let exercise;  // its driver

const strip = (words) => page.locator('#strip', {hasText: words});
const undo = () => page.locator('#undo');

async function come() {
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).first().press('Enter');
}

step('shows at once that a smaller screen hides answers', async () => {
  await world.declare('--exercise');
  exercise = world.driver;
  await heading(/EXERCISE.*Can you come as/s);
  assert.equal(await page.locator('#strip').count(), 0);
  await page.setViewportSize({width: 390, height: 420});
  await strip('More answers below').waitFor({timeout: AT_ONCE_MS});
  await page.setViewportSize(VIEWPORT);
  await strip('More answers below').waitFor({state: 'detached', timeout: AT_ONCE_MS});
});

step('offers Undo first to the keyboard, and announces it', async () => {
  await come();
  await heading(/EXERCISE.*Come to Red doors/s);
  await undo().waitFor();
  assert.match(await page.textContent('[role=status].unseen'), /Undo/);
  await page.locator('#main').focus();
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.locator(':focus').getAttribute('id'), 'undo');
});

step('says that a time has passed, also while Undo is offered', async () => {
  await unfolding('Change my answer').press('Enter');
  await unfolding('I can come later').press('Enter');
  await page.getByLabel('From when can you come?').first().fill('00:00');
  await button('Today').press('Enter');
  await page.locator('#bar .fault', {hasText: 'This time has passed.'}).waitFor({timeout: AT_ONCE_MS});
  await undo().waitFor();
  await shoot('passed');
  await page.setViewportSize(VIEWPORT);
});

step('shows a REAL request beside Undo, and tells that it was seen once it was', async () => {
  await button('I have arrived').scrollIntoViewIfNeeded();
  await world.declare('--real');
  await strip(/REAL INCIDENT\. Can you come/).waitFor();
  await undo().waitFor();
  await shoot('strip-and-undo');
  await page.setViewportSize(VIEWPORT);
  await strip(/REAL INCIDENT/).waitFor();
  await world.tocsin('tell', '100001', 'mind the ice', '--incident', exercise.incident);
  await page.getByText('mind the ice').first().waitFor();
  assert.equal(world.driver.lines.filter((line) => line.includes('"seen"')).length, 0);
  await strip(/REAL INCIDENT/).press('Enter');
  await world.driver.line('"seen"');
});

step('keeps the card that was answered in sight', async () => {
  await page.evaluate(() => scrollTo(0, 0));
  await come();
  await heading(/REAL INCIDENT.*Come to Red doors/s);
  const {top, bottom, foot} = await page.locator('article.real h1').first().evaluate((title) => ({
    top: title.getBoundingClientRect().top,
    bottom: title.getBoundingClientRect().bottom,
    foot: document.getElementById('bar').getBoundingClientRect().top
  }));
  assert.ok(top >= 0 && bottom <= foot, `its headline is from ${top} to ${bottom}`);
});

step('takes nothing back once the coordinator has said something else', async () => {
  await undo().waitFor();
  await world.tocsin(
    'release', '100001', '--reason', 'enough', '--incident', world.driver.incident);
  await heading(/REAL INCIDENT.*Stand down/s);
  await undo().waitFor({state: 'detached', timeout: AT_ONCE_MS});
});

step('says first that an incident has ended, and not in the colour of an alarm', async () => {
  await page.setViewportSize({width: 390, height: 420});
  const bring = (element) => element.evaluate((found) => found.scrollIntoView());
  await bring(page.locator('article').getByText('mind the ice'));
  await strip('mind the ice').waitFor({state: 'detached'});
  await bring(page.locator('article.exercise h1').first());
  await world.tocsin('stand-down', '--reason', 'over', '--incident', world.driver.incident);
  await strip(/^ENDED\. The real incident/).waitFor();
  assert.equal(await page.locator('#strip').getAttribute('class'), 'over');
  await world.driver.stop();
  await page.locator('summary', {hasText: 'ENDED'}).press('Enter');
  await page.getByText('Do not travel. It takes no answers any more.').first().waitFor();
});
