// A telephone in a nurse's hand: Chromium with a profile of its own, and how the tests look at the
// page in it. TOCSIN_SHOTS names a folder for screenshots.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const PATIENCE = 15_000;
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.TOCSIN_SHOTS;

const profile = mkdtempSync(join(tmpdir(), 'tocsin-profile-'));
export let browser;
export let page;

export async function open() {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.TOCSIN_CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
    viewport: {width: 390, height: 844},
    locale: 'en-GB',
    bypassCSP: false
  });
  browser.setDefaultTimeout(PATIENCE);
  page = browser.pages()[0] ?? await browser.newPage();
  page.on('pageerror', (error) => assert.fail(`the page threw: ${error.stack}`));
  page.on('console', (message) => {
    // Failed requests are expected while there is no connection; a breach of the policy never is.
    if (message.text().includes('Content Security Policy')) assert.fail(message.text());
  });
}

export const button = (name) => page.getByRole('button', {name});
// What opens to let somebody choose, of the newest incident.
export const fold = (name) => page.locator('summary', {hasText: name}).first();
export const heading = (name) => page.getByRole('heading', {name}).first().waitFor();

// What `look` gives in the page, once that is something. It does not wait for frames: a busy machine
// may draw none.
export async function until(look) {
  return page.evaluate(`(async () => {
    const look = ${look};
    for (let found; ; await new Promise((resolve) => setTimeout(resolve, 20)))
      if ((found = await look())) return found;
  })()`);
}

// Runs axe in the page's main world, past its policy, as a debugger may.
export async function isAccessible(where) {
  const results = await page.evaluate(`${axe}; axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
  assert.deepEqual(
      results.violations.map(
          ({id, nodes}) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' ')}`),
      []);
}

// Lets the page forget its files, and the worker that would give them out.
export async function forgetFiles() {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) await caches.delete(name);
    await registration.unregister();
  });
}

// Makes the browser one of somebody who reads this language first.
export const speak = (language) =>
  page.setExtraHTTPHeaders({'Accept-Language': `${language},en;q=0.5`});

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

export async function shoot(name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme});
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({width, height: 844});
      assert.equal(await overflow(), 0, `${name} is wider than ${width} px`);
      if (shots) {
        mkdirSync(shots, {recursive: true});
        await page.screenshot(
            {path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true});
      }
    }
    await isAccessible(`${name}, ${colorScheme}`);
  }
  // Text twice as large, as people set it who read with difficulty.
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.equal(await overflow(), 0, `${name} with large text is wider than the telephone`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.emulateMedia({colorScheme: null});
  await page.setViewportSize({width: 390, height: 844});
}

export async function discard() {
  await browser?.close();
  rmSync(profile, {recursive: true, force: true});
}
