// The page's own words. What a coordinator writes comes in the playbook's languages.

export const TRANSLATIONS = ['cy', 'pl', 'ur'];
const RIGHT_TO_LEFT = ['ur'];
const PATIENCE = 5000;  // milliseconds: an incident in English is better than none

// A key and its English on each line; a translation, as /cy.txt, is in the same order.
export const ENGLISH = `real REAL INCIDENT
exercise EXERCISE
request Can you come as {role}?
assigned Come to {place} by {time}
sleep Sleep now. Relieve at {time}
reserve You are in reserve. Stay at home and rest
standby Stay where you can be reached. Do not travel
stand_down Stand down. Do not travel
offer_acknowledgement Noted. Please do not phone: wait to be called
update News
report_to Report to
by By
role Role
area Area
shift Shift
called_by {incident}, called by {who} ({tier})
signed Signature good: certified by {organisation}
coming I am coming now
later I can come later
last_resort Only if you are short
no I cannot come
change Change my answer
arrived I have arrived
leaving I am leaving
offer Offer to come
minutes {n} min
other_minutes Other: minutes from now
from_when From when can you come?
send Send
calendar Add to calendar
you_said You said: {answer}
sent Sent
not_sent NOT SENT YET. It goes as soon as there is a connection
not_taken NOT ACCEPTED. Please telephone
deletes Deletes itself from this device: {time}
nothing No messages
nothing_how This page tells you when something comes. Please do not telephone to offer help.
forged Warning: do not act on it
forged_how Messages that your organisation did not sign, or has replaced: {n}. They are not shown. If in doubt, ring the switchboard.
dismiss I understand
offline No connection.
clock The relay does not accept the time of this device. Is its clock right?
refused The relay does not serve this device.
as_of You see what came before {time}.
welcome Join
welcome_how Open the link of your invitation on this device, or paste it here.
bad_code This is no invitation, or a letter of it is wrong.
not_served The relay does not accept this invitation. Ask for a new one.
join Join as {person}
enrol Enrol this device
organisation Your organisation
this_device This device
waiting Waiting to be accepted
waiting_how If your organisation asks for them, read out the words of this device.
settings Settings
notify Show a notification when something comes
pin PIN
pin_new New PIN, at least 6 digits
passkey_on Lock with this device's passkey after 2 minutes away
pin_on Lock with a PIN after 2 minutes away
unlocked Remove the lock
pin_wrong Wrong. Wait {n} s.
locked Locked
unlock Unlock
remove Remove this device
gone This device was removed
gone_how Its keys and messages are destroyed.
unsupported This browser is too old
unsupported_how Update it, or use another.`
  .split('\n').map((line) => line.split(/ (.*)/));

let current = 'en-GB';
let words = Object.fromEntries(ENGLISH);

// The first of the reader's languages that there is, else English; which it also is when a
// translation does not come.
export async function choose() {
  const known = ['en', ...TRANSLATIONS];
  const wanted = navigator.languages.find((tag) => known.includes(tag.split('-')[0])) ?? current;
  const [code] = wanted.split('-');
  if (code !== 'en') {
    const text = await fetch(`/${code}.txt`, {signal: AbortSignal.timeout(PATIENCE)})
      .then((answer) => answer.ok && answer.text()).catch(() => '');
    if (!text) return;
    const lines = text.split('\n');
    words = Object.fromEntries(ENGLISH.map(([key], i) => [key, lines[i]]));
  }
  current = document.documentElement.lang = wanted;
  if (RIGHT_TO_LEFT.includes(code)) document.documentElement.dir = 'rtl';
}

export const say = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name] ?? '');

// With the day when it is not today.
export function clock(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const day = !isToday && {weekday: 'short', day: 'numeric', month: 'short'};
  return new Date(at).toLocaleString(
    current, {hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...day});
}

// "in 42 min."
export function soon(at) {
  const minutes = Math.round((at - Date.now()) / 60_000);
  const inWords = new Intl.RelativeTimeFormat(current, {numeric: 'auto', style: 'short'});
  return Math.abs(minutes) < 90 ? inWords.format(minutes, 'minute')
    : inWords.format(Math.round(minutes / 60), 'hour');
}
