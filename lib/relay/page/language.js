// The page's own words. What a coordinator writes comes in the playbook's languages.

export const LANGUAGES = {en: 'English', cy: 'Cymraeg', pl: 'Polski', ur: 'اردو'};
const RIGHT_TO_LEFT = ['ur'];

// A key and its English on each line. A translation, as /cy.txt, has its words in the same order.
const ENGLISH = `real REAL INCIDENT
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
strategic strategic
tactical tactical
operational operational
signed Signature good: certified by {organisation}
coming I am coming now
later I can come later
last_resort Only if you are short
no I cannot come
change Change my answer
back Back
arrived I have arrived
leaving I am leaving
offer Offer to come
how_long When will you be there?
minutes {n} min
other_minutes Other: minutes from now
from_when From when can you come?
time Time
send Send
calendar Add to calendar
said_coming coming, there at {time}
said_later later, from {time}
said_last_resort only if you are short
said_no cannot come
said_arrived arrived
said_leaving leaving
you_said You said: {answer}.
sent Sent
not_sent NOT SENT YET. It goes as soon as there is a connection
not_taken NOT ACCEPTED. Please telephone
deletes Deletes itself from this device: {time}
nothing No messages
nothing_how This page tells you when something comes. Please do not telephone to offer help.
forged Warning: do not act on it
forged_how Messages that your organisation did not sign: {n}. They are not shown. If in doubt, ring the switchboard.
dismiss I understand
trouble_offline No connection. Trying again.
trouble_busy The relay is busy. Trying again.
trouble_clock The relay does not accept the time of this device. Is its clock right?
trouble_refused The relay does not serve this device.
as_of You see what came before {time}.
welcome Join
welcome_how Open the link of your invitation on this device, or paste it here.
code Invitation
bad_code This is no invitation, or a letter of it is wrong.
expired This invitation expired: {time}. Ask for a new one.
other_host This invitation is for the page at {host}.
not_served The relay does not accept this invitation. Ask for a new one.
not_yet No connection. The keys are made; try again.
join Join as {person}
device_name What to call this device
enrol Enrol this device
organisation Your organisation
this_device This device
waiting Waiting to be accepted
waiting_how This page tells you when it is accepted. If your organisation asks for them, read out the words of this device.
settings Settings
language Language
notify Show a notification when something comes
pin PIN
pin_new New PIN, at least 6 digits
pin_on Lock with a PIN after 2 minutes away
pin_off Remove the PIN
pin_wrong Wrong. Wait {n} s.
locked Locked
unlock Unlock
remove Remove this device
remove_sure Remove this device? Its keys and messages are destroyed.
gone This device was removed
gone_how Your organisation took it off its list. Its keys and messages are destroyed.
removed Removed
removed_how The keys and messages of this device are destroyed.
unsupported This browser is too old
unsupported_how It lacks X25519 or Ed25519. Update it, or use another.`.split('\n').map((line) => line.split(/ (.*)/));

const english = Object.fromEntries(ENGLISH);
let current = 'en';
let words = english;

// The wanted language, else the first of the browser's that there is, else English; which it also is
// when a translation does not come.
export async function choose(wanted) {
  const asked = [wanted, ...navigator.languages].map((code) => code?.split('-')[0]);
  const code = asked.find((one) => one in LANGUAGES) ?? 'en';
  const answer = code === 'en' ? undefined : await fetch(`/${code}.txt`).catch(() => {});
  const lines = answer?.ok ? (await answer.text()).split('\n') : [];
  words = {...english};
  lines.slice(0, ENGLISH.length).forEach((line, i) => { words[ENGLISH[i][0]] = line; });
  current = lines.length > 0 ? code : 'en';
  document.documentElement.lang = current;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(current) ? 'rtl' : 'ltr';
}

export const tables = () => ENGLISH;
export const language = () => current;
export const say = (key, values) =>
  words[key]?.replace(/{(\w+)}/g, (_, name) => values?.[name] ?? '');

const format = (at, options) => new Intl.DateTimeFormat(
  current, {hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...options}).format(at);

export const clock = (at) => format(at);

// With the day of the week when it is not today.
export const weekday = (at) =>
  format(at, new Date(at).toDateString() !== new Date().toDateString() && {weekday: 'long'});

// "in 42 minutes"
export function soon(at) {
  const minutes = Math.round((at - Date.now()) / 60_000);
  const relative = new Intl.RelativeTimeFormat(current, {numeric: 'auto', style: 'short'});
  return Math.abs(minutes) < 90 ? relative.format(minutes, 'minute')
    : relative.format(Math.round(minutes / 60), 'hour');
}
