// A nurse's telephone: Chromium with a profile of its own, and how the tests look at the page in it.
// TOCSIN_SHOTS names a folder for screenshots.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

export const PATIENCE_MS = 20_000;
const WIDTHS = [320, 390, 1280];
const TELEPHONE = {width: 390, height: 844};
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.TOCSIN_SHOTS;

const profile = mkdtempSync(join(tmpdir(), 'tocsin-profile-'));
export let browser;
export let page;

export async function open() {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.TOCSIN_CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
    viewport: TELEPHONE,
    locale: 'en-GB',
    bypassCSP: false
  });
  browser.setDefaultTimeout(PATIENCE_MS);
  page = browser.pages()[0] ?? await browser.newPage();
  page.on('pageerror', (error) => assert.fail(`the page threw: ${error.stack}`));
  page.on('console', (message) => {
    // Failed requests are expected while there is no connection; a breach of the policy never is.
    if (message.text().includes('Content Security Policy')) assert.fail(message.text());
  });
}

export async function discard() {
  await browser?.close();
  rmSync(profile, {recursive: true, force: true});
}

export const button = (name) => page.getByRole('button', {name});

// The button of the newest incident that unfolds more choices.
export const unfolding = (name) => page.locator('summary', {hasText: name}).first();

export const heading = (name) => page.getByRole('heading', {name}).first().waitFor();

// Until the page that is being loaded has spoken with the relay, and goes by its clock.
export async function contact(loaded) {
  const isPoll = (response) => response.url().includes('/v1/mailbox/') && response.ok();
  await Promise.all([loaded, page.waitForResponse(isPoll)]);
}

// Says from when she can come, in the unfolded form of the first card.
export async function comeAt(when) {
  await page.getByLabel('From when can you come?').first().fill(when.toTimeString().slice(0, 5));
  const isToday = when.toDateString() === new Date().toDateString();
  await button(isToday ? 'Today' : 'Tomorrow').press('Enter');
}

// Enrols Ana Bell's telephone, and has the organisation accept it.
export async function enrol(world) {
  const {link} = await world.json('staff', 'invite', '100001');
  await page.goto(link);
  await button('Enrol this device').press('Enter');
  await heading('Waiting to be accepted');
  await world.tocsin('staff', 'enrolled', '--accept');
  await heading('Nothing waits for you');
}

// Runs `look` in the page until it gives something, and returns that. Playwright's own wait looks
// once a frame, and a busy machine may draw none.
export async function until(look) {
  return page.evaluate(`(async () => {
    const look = ${look};
    while (true) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })()`);
}

// Lets the page forget its files, and the worker that would serve them.
export async function forgetFiles() {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) await caches.delete(name);
    await registration.unregister();
  });
}

// Gives the browser a reader who likes this language best.
export const speak = (language) =>
  page.setExtraHTTPHeaders({'Accept-Language': `${language},en;q=0.5`});

// Runs in the page: the device as its database keeps it.
export async function keptDevice() {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await done(indexedDB.open('tocsin'));
  const device = await done(database.transaction('own').objectStore('own').get('device'));
  database.close();
  return device;
}

// Runs in the page: how many rows its database has.
export async function rowsKept() {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await done(indexedDB.open('tocsin'));
  let rows = 0;
  for (const table of database.objectStoreNames)
    rows += await done(database.transaction(table).objectStore(table).count());
  database.close();
  return rows;
}

const overflow = () => page.evaluate(
  () => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Runs axe beside the page's own scripts, where its policy does not hold, as a debugger does.
async function ensureAccessible(where) {
  const {violations} = await page.evaluate(
    `${axe}; axe.run(document, {runOnly: ${JSON.stringify(RULES)}})`);
  const found = violations.map(
    ({id, nodes}) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(found, []);
}

async function screenshot(name) {
  mkdirSync(shots, {recursive: true});
  await page.screenshot({path: join(shots, `${name}.png`), fullPage: true});
}

// Looks at the page in every width and both colour schemes: nothing is cut off, all is accessible.
export async function shoot(name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme});
    for (const width of WIDTHS) {
      await page.setViewportSize({width, height: TELEPHONE.height});
      assert.equal(await overflow(), 0, `${name} is wider than ${width} px`);
      if (shots) await screenshot(`${name}-${width}-${colorScheme}`);
    }
    await ensureAccessible(`${name}, ${colorScheme}`);
  }
  // Twice the size of text, as readers with poor sight set it.
  await page.setViewportSize(TELEPHONE);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.equal(await overflow(), 0, `${name} with large text is wider than the telephone`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.emulateMedia({colorScheme: null});
}
