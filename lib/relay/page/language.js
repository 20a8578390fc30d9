// The page's own words: in the language that its reader chose, or that the organisation has for
// them, or that the browser asks the relay for.
import * as store from './store.js';

export const LANGUAGES = {en: 'English', cy: 'Cymraeg', pl: 'Polski', ur: 'اردو'};

// After this the page goes on without them: an incident with poor words is better than none.
const PATIENCE_MS = 5000;

// Words by key. A key without words is shown itself.
const words = new Map([['language', 'en'], ['direction', 'ltr']]);

// `language` is a key of LANGUAGES, or undefined for the one that the browser asks for.
async function fetchText(language) {
  const chosen = language ? {headers: {'Accept-Language': language}, cache: 'no-store'} : {};
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch('/language.txt', {...chosen, signal});
    return response.ok ? await response.text() : '';
  } catch {
    return '';
  }
}

// The worker keeps one language, that of the browser, so the page keeps a chosen one itself. What it
// has kept it uses at once, and the newest words the next time.
async function chosenText(language) {
  const fetching = fetchText(language).then(async (text) => {
    if (text) await store.put(store.OWN, 'words', {language, text});
    return text;
  });
  const kept = await store.get(store.OWN, 'words');
  if (kept?.language !== language) return fetching;
  fetching.catch(console.info);
  return kept.text;
}

// Each line is a key, a space and its words.
export async function learn(language) {
  const isKnown = Object.hasOwn(LANGUAGES, language ?? '');
  const text = await (isKnown ? chosenText(language) : fetchText());
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) words.set(line.slice(0, space), line.slice(space + 1));
  }
  document.documentElement.lang = say('language');
  document.documentElement.dir = say('direction');
}

// The words of a key, with `values` in the places of their {names}.
export function say(key, values) {
  const text = words.get(key) ?? key.replaceAll('_', ' ');
  return text.replace(/{(\w+)}/g, (_, name) => values?.[name] ?? '');
}

// The time of day, with the day when it is not today.
export function clock(at, more = {}) {
  const when = new Date(at);
  const format = {hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...more};
  if (when.toDateString() !== new Date().toDateString())
    Object.assign(format, {weekday: 'short', day: 'numeric', month: 'short'});
  return when.toLocaleString(say('language'), format);
}

// "in 42 min."
export function soon(at) {
  const minutes = Math.round((at - Date.now()) / 60_000);
  const format = new Intl.RelativeTimeFormat(say('language'), {numeric: 'auto', style: 'short'});
  if (Math.abs(minutes) < 90) return format.format(minutes, 'minute');
  return format.format(Math.round(minutes / 60), 'hour');
}
