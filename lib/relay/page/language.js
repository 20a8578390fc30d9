// The page's own words: in the language that its reader chose, or that the organisation has for
// them, or that the browser asks the relay for. And the elements that hold words: they are made of
// attributes and text only, and nothing that came is ever read as HTML.
import * as store from './store.js';
import {now} from './wire.js';

export const LANGUAGES = {en: 'English', cy: 'Cymraeg', pl: 'Polski', ur: 'اردو'};

// After this the page goes on without them: an incident with poor words is better than none.
const PATIENCE_MS = 5000;

// Words by key. A key without words is shown itself.
const words = new Map([['language', 'en'], ['direction', 'ltr']]);

// `language` is a key of LANGUAGES, or undefined for the one that the browser asks for. A chosen one
// has an address of its own: what the browser keeps or has preloaded by the other is in another.
async function fetchText(language) {
  const chosen = language && {headers: {'Accept-Language': language}, cache: 'no-store'};
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`/language.txt${language ? `?${language}` : ''}`, {...chosen, signal});
    const text = response.ok ? await response.text() : '';
    return isIn(language ?? '', text) ? text : '';
  } catch {
    return '';
  }
}

function isIn(language, text) {
  return text.startsWith(`language ${language}`);
}

// The worker keeps one language, that of the browser, so the page keeps a chosen one itself. What it
// has kept it uses at once, and the newest words the next time.
async function chosenText(language) {
  const fetching = fetchText(language).then(async (text) => {
    if (text) await store.put(store.OWN, 'words', {language, text});
    return text;
  });
  const kept = await store.get(store.OWN, 'words');
  if (kept?.language !== language || !isIn(language, kept.text)) return fetching;
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
  if (when.toDateString() !== new Date(now()).toDateString())
    Object.assign(format, {weekday: 'short', day: 'numeric', month: 'short'});
  return when.toLocaleString(say('language'), format);
}

// "in 42 min."
export function soon(at) {
  const minutes = Math.round((at - now()) / 60_000);
  const format = new Intl.RelativeTimeFormat(say('language'), {numeric: 'auto', style: 'short'});
  if (Math.abs(minutes) < 90) return format.format(minutes, 'minute');
  return format.format(Math.round(minutes / 60), 'hour');
}

// An attribute whose name begins with "on" is a function. Children may be nested in arrays; what is
// false or empty is left out.
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

export function present(children) {
  return children.flat(Infinity).filter(Boolean);
}

// A heading, and the words of the same key with "_how".
export function note(key, values) {
  return [h('h1', {}, say(key, values)), h('p', {}, say(`${key}_how`, values))];
}

export function button(id, onclick, words = say(id), attributes = {}) {
  return h('button', {id, onclick, ...attributes}, words);
}

export function field(id, label, attributes) {
  return [h('label', {for: id}, say(label)), h('input', {id, required: '', ...attributes})];
}

// Fields and a button. `submit` gets the fields' values.
export function form(id, fields, submit, send = 'send') {
  const onsubmit = ({target}) => {
    submit(...[...target.querySelectorAll('input')].map(({value}) => value));
    return false;  // the page stays
  };
  return h('form', {onsubmit}, fields, h('button', {id: `send-${id}`}, say(send)));
}
