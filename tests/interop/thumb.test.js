// The page under a thumb: nothing that is tapped moves, an answer can be taken back, and what is out
// of sight is led to.
import assert from 'node:assert/strict';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {browser, button, enrol, heading, page, shoot, unfolding, until} from './telephone.js';

begin(enrol);

// Where on the screen everything stands that can be tapped in a card, by its id.
const places = () => page.evaluate(() => {
  const found = {};
  for (const element of document.querySelectorAll('article :is(button, summary, a)')) {
    const {top, left, height} = element.getBoundingClientRect();
    if (height > 0) found[element.id] = [Math.round(top), Math.round(left)];
  }
  return found;
});

const strip = (words) => page.locator('#strip', {hasText: words});

step('does nothing at a tap that was aimed at what stood there before', async () => {
  await page.getByText('Settings').click();
  await button('Remove this device').waitFor();
  // When the request comes, a thumb is on its way to each thing of the settings.
  await page.evaluate(() => {
    const tapped = [...document.querySelectorAll('main :is(button, summary, input)')];
    const aims = tapped.map((element) => {
      const {left, width, top, height} = element.getBoundingClientRect();
      return {clientX: left + width / 2, clientY: top + height / 2};
    });
    globalThis.hits = 0;
    new MutationObserver((_, observer) => {
      if (!document.querySelector('article')) return;
      observer.disconnect();
      for (const aim of aims) {
        const target = document.elementFromPoint(aim.clientX, aim.clientY);
        if (target?.closest('.buttons')) globalThis.hits += 1;
        target?.dispatchEvent(
          new MouseEvent('click', {...aim, detail: 1, bubbles: true, cancelable: true}));
      }
    }).observe(document.getElementById('main'), {childList: true});
  });
  await world.declare('--exercise');
  await heading(/EXERCISE.*Can you come as/s);
  assert.ok(await page.evaluate(() => globalThis.hits) > 0, 'no answer came under the thumb');
  await world.driver.line('"seen"');
  assert.equal(await page.getByText('You said').count(), 0);
  assert.equal(await page.locator('.buttons details[open]').count(), 0);
});

step('shows all answers on a small telephone, or that there are more', async () => {
  for (const viewport of [{width: 390, height: 664}, {width: 320, height: 568}]) {
    await page.setViewportSize(viewport);
    await page.evaluate(() => scrollTo(0, 0));
    const {lowest, foot} = await page.evaluate(() => ({
      lowest: document.querySelector('.buttons').getBoundingClientRect().bottom,
      foot: document.getElementById('bar').getBoundingClientRect().top
    }));
    if (lowest > foot) await strip('More answers below').waitFor();
    else assert.equal(await page.locator('#strip').count(), 0);
  }
  // With large text they do not fit.
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await page.evaluate(() => dispatchEvent(new Event('scroll')));
  await strip('More answers below').click();
  await strip('More answers below').waitFor({state: 'detached'});
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => scrollTo(0, 0));
});

// The ids of what the keyboard reaches in so many steps, and of what of that the bar hides.
async function reachedByKeyboard(steps) {
  const reached = [];
  const hidden = [];
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('#main').focus();
  for (let i = 0; i < steps; ++i) {
    await page.keyboard.press('Tab');
    const {id, isHidden} = await page.evaluate(() => {
      const {bottom} = document.activeElement.getBoundingClientRect();
      const {top} = document.getElementById('bar').getBoundingClientRect();
      return {id: document.activeElement.id, isHidden: bottom > top};
    });
    if (['strip', ''].includes(id)) continue;
    reached.push(id);
    if (isHidden) hidden.push(id);
  }
  return {reached, hidden};
}

step('hides nothing behind its bar that the keyboard reaches', async () => {
  for (let height = 400; height < 600; height += 30) {
    await page.setViewportSize({width: 320, height});
    const {reached, hidden} = await reachedByKeyboard(5);
    assert.ok(reached.length >= 4, reached.join());
    assert.deepEqual(hidden, [], `at a height of ${height}`);
  }
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => scrollTo(0, 0));
});

step('moves nothing when the connection breaks and comes back', async () => {
  const before = await places();
  await browser.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('#bar', {hasText: 'No connection.'}).waitFor();
  assert.deepEqual(await places(), before);
  await browser.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('#bar', {hasText: 'Last contact'}).waitFor();
  assert.deepEqual(await places(), before);
});

step('announces news, marks them as new, and moves nothing for them', async () => {
  const before = await places();
  await world.tocsin('tell', 'asked', 'mind the ice');
  await page.getByText('mind the ice').first().waitFor();
  assert.deepEqual(await places(), before);
  assert.match(await page.textContent('[role=status].unseen'), /News: .*mind the ice/);
  await page.locator('article p', {hasText: 'mind the ice'}).getByText('New', {exact: true}).waitFor();
});

step('does not change while a finger is down', async () => {
  await page.evaluate(() => dispatchEvent(new PointerEvent('pointerdown')));
  await world.tocsin('tell', 'asked', 'north door');
  await until(() => document.getElementById('status').textContent.includes('north door'));
  assert.equal(await page.locator('main', {hasText: 'north door'}).count(), 0);
  await page.evaluate(() => dispatchEvent(new PointerEvent('pointerup')));
  await page.locator('main', {hasText: 'north door'}).waitFor();
});

step('leads to a REAL request that comes while another card is read', async () => {
  await page.setViewportSize({width: 390, height: 664});
  const before = await places();
  await world.declare('--real');
  await strip(/REAL INCIDENT\. Can you come/).waitFor();
  const after = await places();
  for (const [id, [top]] of Object.entries(before))
    assert.ok(Math.abs(after[id][0] - top) <= 1, `${id} moved from ${top} to ${after[id][0]}`);
  await shoot('strip');
  await page.setViewportSize({width: 390, height: 664});
  await strip(/REAL INCIDENT/).click();
  assert.match(await page.locator(':focus').textContent(), /REAL INCIDENT/);
  const {top} = await page.getByRole('article').first().evaluate((card) => card.getBoundingClientRect());
  assert.ok(top >= 0 && top < 100, `its top is at ${top}`);
});

step('takes an answer back, and asks again', async () => {
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).press('Enter');
  await world.driver.line('"answer":"coming"');
  await shoot('undo');
  await button('Undo').press('Enter');
  await world.driver.line('"answer":"no"');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await page.getByText('Taken back').first().waitFor();
});

step('takes a changed answer back to the one before', async () => {
  await button('Only if you are short').first().press('Enter');
  await world.driver.line('"answer":"last resort"');
  await page.getByText('You said: Only if you are short').first().waitFor();
  await button('I cannot come').first().press('Enter');
  await heading(/REAL INCIDENT.*You said: I cannot come/s);
  const heard = world.driver.lines.length;
  await button('Undo').press('Enter');
  await until(() => !document.querySelector('article h1').textContent.includes('I cannot come'));
  await world.driver.line('"last resort"', heard);
});
