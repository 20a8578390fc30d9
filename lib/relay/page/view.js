// What a person sees, made of elements and text only: nothing that came from outside is read as
// HTML.
import {keptUntil} from './inbox.js';
import {clock, language, LANGUAGES, say, soon, weekday} from './language.js';
import {LEAST_DIGITS} from './lock.js';
import {Role, wordsOf} from './seal.js';

const ETA_MINUTES = [10, 20, 30, 45, 60, 90];
const TITLE = 'Incident message: open';

// h(tag, {attributes}, ...children), and the attributes may be left out.
function h(tag, ...rest) {
  const element = document.createElement(tag);
  const attributes = rest[0]?.constructor === Object ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element[name] = value;
    else if (value || value === '') element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...rest.flat(3).filter(Boolean));
  return element;
}

const title = (key, values) => h('h1', say(key, values));
const line = (key, values) => h('p', say(key, values));
const note = (key) => [title(key), line(`${key}_how`)];
const button = (id, words, onclick, more) =>
  h('button', {type: 'button', id, onclick, ...more}, words);
// What others wrote may be in another language and direction than the page's.
const theirs = (tag, text, more) => h(tag, {dir: 'auto', ...more}, text);

function form(id, words, input, submit, send = 'send') {
  const onsubmit = (event) => {
    event.preventDefault();
    submit(event.target.elements[id].value);
  };
  return h('form', {onsubmit}, h('label', {for: id}, say(words)),
    h('input', {id, name: id, required: true, ...input}), h('button', say(send)));
}

const fault = ({fault: [key, {at, ...values} = {}]}) =>
  key && h('p', {class: 'fault', role: 'alert'}, say(key, {time: at && clock(at), ...values}));

// Enrolment.

const words = (of, identity) =>
  [h('dt', say(of)), h('dd', {class: 'words', lang: 'en', dir: 'ltr'}, wordsOf(identity))];
const bothWords = ({identity, organisation}) =>
  h('dl', words('this_device', identity), words('organisation', organisation));

const invite = (state, actions) =>
  [note('welcome'), fault(state), form('code', 'code', {autocomplete: 'off'}, actions.readCode)];

function join(state, actions) {
  const {organisation, person} = state.invitation;
  const input = {maxlength: 40, value: state.device?.name ?? 'phone'};
  return [
    title('join', {person}), fault(state), h('dl', words('organisation', organisation)),
    form('name', 'device_name', input, actions.enrol, 'enrol')
  ];
}

// Answering.

// The next time that the clock shows this.
function nextTime(text) {
  const at = new Date();
  at.setHours(...text.split(':'), 0, 0);
  if (at <= Date.now()) at.setDate(at.getDate() + 1);
  return at.getTime();
}

function etaPanel({head, id}, actions) {
  const at = (n) => Date.now() + n * 60_000;
  const inMinutes = (n) => actions.answer(head, 'coming', at(n));
  const choice = (n) => button(
    `eta-${n}-${id}`, [h('b', say('minutes', {n})), clock(at(n))], () => inMinutes(n));
  const input = {type: 'number', min: 1, max: 1440, inputmode: 'numeric'};
  return h('fieldset', h('legend', say('how_long')),
    h('div', {class: 'choices'}, ETA_MINUTES.map(choice)),
    form(`eta-${id}`, 'other_minutes', input, inMinutes));
}

const laterPanel = ({head, id}, actions) => h('fieldset', h('legend', say('from_when')),
  form(`from-${id}`, 'time', {type: 'time'},
    (value) => actions.answer(head, 'later', nextTime(value))));

const PANELS = {coming: etaPanel, later: laterPanel, offer: etaPanel};

function buttons(incident, state, actions) {
  const {head, said, id} = incident;
  const {kind, by} = head.notice;
  const panel = state.open.id === id && state.open.panel;
  const isSaid = said?.at >= head.received;
  const opens = (name) => [
    button(`${name}-${id}`, say(name), () => actions.toggle(id, name),
      {class: name, 'aria-expanded': String(panel === name)}),
    panel === name && PANELS[name](incident, actions)
  ];
  const says = (name) => button(
    `${name}-${id}`, say(name), () => actions.answer(head, name.replace('_', ' ')), {class: name});
  const toggles = (name, which) =>
    button(`${name}-${id}`, say(name), () => actions.toggle(id, which), {class: name});

  const asks = kind === 'request' || kind === 'reminder';
  if ((asks && !isSaid) || (panel && panel !== 'offer'))
    return [
      opens('coming'), opens('later'), says('last_resort'), says('no'),
      (isSaid || !asks) && toggles('back', panel)
    ];
  const isExpected = kind === 'assigned' || (asks && said.answer === 'coming');
  const isThere = said?.answer === 'arrived';
  const mayOffer = ['standby', 'stand_down', 'update'].includes(kind) && !isSaid;
  const href = kind === 'reserve' && by && calendar(head);
  return [
    isExpected && !isThere && said?.answer !== 'leaving' && says('arrived'),
    isThere && says('leaving'),
    href && h('a', {class: 'button', download: 'shift.ics', href}, say('calendar')),
    mayOffer ? opens('offer') : toggles('change', 'change')
  ];
}

// A calendar may be shown to many and copied to a cloud, so the entry says when and nothing else.
function calendar({id, notice}) {
  const stamp = (at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const entry = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tocsin//EN
BEGIN:VEVENT
UID:${id}
DTSTAMP:${stamp(Date.now())}
DTSTART:${stamp(notice.by)}
SUMMARY:${TITLE}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:${TITLE}
TRIGGER:-PT2H
END:VALARM
END:VEVENT
END:VCALENDAR
`;
  return `data:text/calendar;charset=utf-8,${encodeURIComponent(entry.replaceAll('\n', '\r\n'))}`;
}

function headline({head}) {
  const {kind, report_to: place, by, role} = head.notice;
  const time = by && weekday(by);
  if (kind === 'reminder') return say('request', {role});
  return say(kind === 'reserve' && time ? 'sleep' : kind, {place, time, role});
}

function saidLine({said}) {
  const time = said.when && weekday(said.when);
  const answer = say(`said_${said.answer.replace(' ', '_')}`, {time});
  return h('p', {class: said.isSent ? 'said' : 'said unsent'},
    h('b', say('you_said', {answer})), ' ',
    say(said.isSent ? 'sent' : said.hasFailed ? 'not_taken' : 'not_sent'));
}

const realness = ({isReal}) => (isReal ? 'real' : 'exercise');

function card(incident, state, actions) {
  const {head, id, updates, said} = incident;
  const {notice} = head;
  const {name: who, role} = notice.certificate;
  const tier = say(Object.keys(Role)[role - 1]);
  const facts = {...notice, by: notice.by && `${weekday(notice.by)} (${soon(notice.by)})`};
  const fact = (name) =>
    facts[name] && h('div', {class: name}, h('dt', say(name)), theirs('dd', facts[name]));
  const update = ({header, notice: {text}}) =>
    h('li', h('b', `${clock(header.created)} `), theirs('span', text));
  return h('article', {class: realness(incident), 'aria-labelledby': `title-${id}`},
    h('h1', {id: `title-${id}`}, h('span', {class: 'banner'}, say(realness(incident))), ' ',
      theirs('span', headline(incident), {class: 'headline'})),
    h('dl', ['report_to', 'by', 'role', 'area', 'shift'].map(fact)),
    h('p', {class: 'caller'}, say('called_by', {who, tier, incident: notice.incident})),
    h('p', {class: 'signature'}, say('signed', {organisation: state.device.organisationName})),
    said && saidLine(incident),
    h('div', {class: 'buttons'}, buttons(incident, state, actions)),
    updates.length > 0 && [h('h2', say('update')), h('ul', updates.map(update))],
    notice.kind !== 'update' && theirs('p', notice.text, {class: 'text'}),
    h('p', {class: 'small'}, say('deletes', {time: weekday(keptUntil(head))})));
}

function inbox({settings: {refused, contact}, trouble, incidents, ...state}, actions) {
  return [
    refused > 0 && h('section', {class: 'forged', role: 'alert'}, title('forged'),
      line('forged_how', {n: refused}), button('dismiss', say('dismiss'), actions.dismiss)),
    trouble && h('p', {class: 'fault'}, say(`trouble_${trouble}`) ?? say('trouble_offline'),
      contact && ` ${say('as_of', {time: weekday(contact)})}`),
    incidents.map((incident) => card(incident, state, actions)),
    incidents.length === 0 && note('nothing'),
  ];
}

// Settings.

const removal = (actions) => button('remove', say('remove'),
  () => confirm(say('remove_sure')) && actions.remove(), {class: 'no'});

function settings({device, hasPin}, actions) {
  const option = ([value, name]) =>
    h('option', {value, lang: value, selected: value === language()}, name);
  const pin = {type: 'password', minlength: LEAST_DIGITS, autocomplete: 'new-password'};
  return h('details', {id: 'settings'}, h('summary', say('settings')),
    h('label', {for: 'language'}, say('language')),
    h('select', {id: 'language', onchange: ({target}) => actions.setLanguage(target.value)},
      Object.entries(LANGUAGES).map(option)),
    device && [
      window.Notification?.permission === 'default' &&
        button('notify', say('notify'), actions.notify),
      hasPin ? button('pin-off', say('pin_off'), () => actions.setPin(''))
        : form('pin', 'pin_new', pin, actions.setPin, 'pin_on'),
      bothWords(device), removal(actions)
    ]);
}

const locked = (state, actions) => {
  const pin = {type: 'password', autocomplete: 'current-password'};
  return [
    title('locked'), fault(state), form('unlock', 'pin', pin, actions.unlock, 'unlock'),
    removal(actions)
  ];
};

function screen(state, actions) {
  const {device, invitation} = state;
  if (state.screen !== 'inbox') return note(state.screen);
  if (state.isLocked) return locked(state, actions);
  if (invitation) return [join(state, actions), settings(state, actions)];
  if (!device) return [invite(state, actions), settings(state, actions)];
  const now = device.accepted ? inbox(state, actions) : [note('waiting'), bothWords(device)];
  return [now, settings(state, actions)];
}

// Draws everything anew, and leaves what a person is typing, opened or has in focus as it was.
export function render(state, actions) {
  const main = document.getElementById('main');
  const fresh = main.cloneNode();
  fresh.append(...screen(state, actions).flat(3).filter(Boolean));
  fresh.querySelector('#settings')
    ?.toggleAttribute('open', Boolean(main.querySelector('#settings')?.open));
  // What has not changed stays: a screen reader would lose its place in it.
  if (!fresh.isEqualNode(main)) replace(main, fresh);
  announce(state);
}

function replace(main, fresh) {
  const {activeElement: focus} = document;
  for (const {id, value} of main.querySelectorAll('input')) {
    const input = fresh.querySelector(`[id="${id}"]`);
    if (input) input.value = value;
  }
  const hadFocus = main.contains(focus);
  main.replaceChildren(...fresh.childNodes);
  if (hadFocus)
    (document.getElementById(focus.id) ?? main).focus({preventScroll: true});
}

// The newest is read out once, and not again when only the time has moved on.
let spoken = '';
function announce(state) {
  const [newest] = state.isLocked || state.screen !== 'inbox' ? [] : state.incidents;
  const now = newest ? `${say(realness(newest))}. ${headline(newest)}` : '';
  if (now !== spoken) document.getElementById('alert').textContent = now;
  spoken = now;
  document.getElementById('status').textContent = newest?.said?.isSent ? say('sent') : '';
}
