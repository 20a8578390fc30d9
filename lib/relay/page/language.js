// The page's own words, in the language that the browser asks the relay for.

// After this the page goes on without them: an incident with poor words is better than none.
const PATIENCE_MS = 5000;

// Words by key. A key without words is shown itself.
const words = new Map([['language', 'en'], ['direction', 'ltr']]);

async function fetchText() {
  try {
    const response = await fetch('/language.txt', {signal: AbortSignal.timeout(PATIENCE_MS)});
    return response.ok ? await response.text() : '';
  } catch {
    return '';
  }
}

// Each line is a key, a space and its words.
export async function learn() {
  for (const line of (await fetchText()).split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) words.set(line.slice(0, space), line.slice(space + 1));
  }
  document.documentElement.lang = say('language');
  document.documentElement.dir = say('direction');
}

// The words of a key, with `values` in the places of their {names}.
export function say(key, values) {
  const text = words.get(key) ?? key.replaceAll('_', ' ');
  return text.replace(/{(\w+)}/g, (_, name) => values[name] ?? '');
}

// The time of day, with the day when it is not today.
export function clock(at) {
  const when = new Date(at);
  const format = {hourCycle: 'h23', hour: '2-digit', minute: '2-digit'};
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
