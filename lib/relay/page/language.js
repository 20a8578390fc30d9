// The page's own words, in the language that the browser asks the relay for.

const PATIENCE = 5000;  // milliseconds: an incident in poor words is better than none

let words = {};  // by their keys; a key that has none speaks for itself

export async function learn() {
  const text = await fetch('/language.txt', {signal: AbortSignal.timeout(PATIENCE)})
    .then((answer) => answer.ok && answer.text()).catch(() => '');
  words = Object.fromEntries((text || 'language en').split('\n').map((line) => line.split(/ (.*)/)));
  Object.assign(document.documentElement, {lang: say('language'), dir: say('direction')});
}

export const say = (key, values) =>
  (words[key] ?? key.replaceAll('_', ' ')).replace(/{(\w+)}/g, (_, name) => values[name] ?? '');

// With the day when it is not today.
export function clock(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const day = !isToday && {weekday: 'short', day: 'numeric', month: 'short'};
  return new Date(at).toLocaleString(
    say('language'), {hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...day});
}

// "in 42 min."
export function soon(at) {
  const minutes = Math.round((at - Date.now()) / 60_000);
  const inWords = new Intl.RelativeTimeFormat(say('language'), {numeric: 'auto', style: 'short'});
  return Math.abs(minutes) < 90 ? inWords.format(minutes, 'minute')
    : inWords.format(Math.round(minutes / 60), 'hour');
}
