// Several incidents on one page: which comes first, what is over, and what may be said where a
// person stands.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {begin, world} from './begin.js';
import {step} from './step.js';
import {button, enrol, heading, page, shoot, unfolding} from './telephone.js';

let exercise;  // its driver; world.driver has the newest incident's

begin(enrol);

// The class of each card, from the top.
const cards = () => page.locator('article').evaluateAll((all) => all.map((one) => one.className));

const summary = (word) => page.locator('article > details > summary', {hasText: word});

step('puts a REAL request above an exercise, also when the exercise has the newest word', async () => {
  const {incident} = await world.declare('--exercise');
  await heading(/EXERCISE.*Can you come as/s);
  exercise = world.driver;
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  assert.deepEqual(await cards(), ['real', 'exercise']);
  await world.tocsin('tell', 'asked', 'mind the ice', '--incident', incident);
  await page.getByText('mind the ice').first().waitFor();
  assert.deepEqual(await cards(), ['real', 'exercise']);
  await shoot('two-incidents');
  await page.getByRole('article').first().getByRole('button', {name: 'I cannot come'}).press('Enter');
  await heading(/REAL INCIDENT.*You said: I cannot come/s);
  assert.deepEqual(await cards(), ['real', 'exercise']);
});

step('no longer shows where to come to who said that they do not', async () => {
  const card = page.getByRole('article').first();
  assert.ok(!(await card.textContent()).includes('Red doors'));
});

step('folds an incident that has ended, and takes no answer to it', async () => {
  await world.tocsin('stand-down', '--reason', 'test over', '--incident', exercise.incident);
  await summary('ENDED').waitFor();
  assert.deepEqual(await cards(), ['real', 'over']);
  assert.equal(await page.locator('.banner', {hasText: 'EXERCISE'}).count(), 0);
  await summary('ENDED').press('Enter');
  await page.getByText('It takes no answers any more.').first().waitFor();
  const card = page.getByRole('article').last();
  assert.equal(await card.getByRole('button').count(), 0);
  assert.ok(!(await card.textContent()).includes('Red doors'));
  await shoot('ended');
});

// From here on the playbook asks for the relief shift only.
step('offers a relief shift with one tap, and keeps its person asleep', async () => {
  await unfolding('Change my answer').press('Enter');
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).press('Enter');
  await heading(/REAL INCIDENT.*Come to Red doors/s);
  await world.tocsin('stand-down', '--reason', 'test over', '--incident', world.driver.incident);
  await page.waitForFunction(() => document.querySelectorAll('article.over').length === 2);
  await world.driver.stop();
  const path = join(world.folder, 'small.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('response: 1 by 60min, ', ''));
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  const first = page.getByRole('article').first();
  assert.equal(await first.getByText('I am coming now').count(), 0);
  await shoot('relief-request');
  await button(/^Yes, I’ll be there for .*\d\d:\d\d$/).press('Enter');
  await world.driver.line('"answer":"later"');
  await heading(/REAL INCIDENT.*Sleep now\. Relieve at/s);
  for (const words of ['I am coming now', 'I have arrived'])
    assert.equal(await first.getByText(words).count(), 0, words);
  assert.ok(!(await page.textContent('article')).includes('write when we need you'));
});

step('lets who relieves a shift withdraw', async () => {
  await button('I cannot come after all').press('Enter');
  await world.driver.line('"answer":"no"');
  await heading(/REAL INCIDENT.*You said: I cannot come/s);
  assert.ok(!(await page.getByRole('article').first().textContent()).includes('Red doors'));
});

step('refuses a time that has passed', async () => {
  await unfolding('Change my answer').press('Enter');
  await unfolding('I can come later').press('Enter');
  const clock = page.getByLabel('From when can you come?').first();
  await clock.fill('00:00');
  await button('Today').press('Enter');
  await page.getByText('This time has passed.').first().waitFor();
  await heading(/You said: I cannot come/);
});

step('offers who has arrived nothing but to say that they have left', async () => {
  await button('Tomorrow').press('Enter');
  await heading(/Sleep now|You said: I can come later/);
  await world.tocsin('stand-down', '--reason', 'test over', '--incident', world.driver.incident);
  await page.waitForFunction(() => document.querySelectorAll('article.over').length === 3);
  await world.driver.stop();
  const path = join(world.folder, 'small.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('relief: 1 by 9h', 'response: 1 by 60min'));
  await world.declare('--real');
  await heading(/REAL INCIDENT.*Can you come as/s);
  await unfolding('I am coming now').press('Enter');
  await button(/^30 min/).press('Enter');
  await heading(/Come to Red doors/);
  await button('I have arrived').press('Enter');
  await button('I have left').waitFor();
  await heading(/REAL INCIDENT.*You said: I have arrived/s);
  const offers = page.getByRole('article').first().locator('.buttons .button');
  assert.deepEqual(await offers.allTextContents(), ['I have left']);
  await button('I have left').press('Enter');
  await heading(/You said: I have left/);
  await button('I am still here').waitFor();
  assert.ok(!(await page.getByRole('article').first().textContent()).includes('Red doors'));
});
