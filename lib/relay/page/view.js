// What a person sees, made of elements and text only: nothing that came is ever read as HTML.
import {isOpen} from './inbox.js';
import {clock, say, soon} from './language.js';
import {Role} from './seal.js';

const ETA_MINUTES = [10, 20, 30, 45, 60, 90];

let state;  // what is drawn, and
let act;  // what can be done

// h(tag, {attributes}, ...children); the attributes may be left out.
function h(tag, ...rest) {
  const element = document.createElement(tag);
  const attributes = rest[0]?.constructor === Object ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...rest.flat(9).filter(Boolean));
  return element;
}

const note = (key, values) => [h('h1', say(key)), h('p', say(`${key}_how`, values))];
const button = (id, onclick, words = say(id), more) => h('button', {id, onclick, ...more}, words);

function form(id, label, attributes, submit, send = 'send') {
  const onsubmit = ({target}) => {
    submit(target[id].value);
    return false;
  };
  return h('form', {onsubmit}, h('label', {for: id}, say(label)),
    h('input', {id, required: '', ...attributes}), h('button', {id: `send-${id}`}, say(send)));
}

const fault = () =>
  state.fault && h('p', {class: 'fault', role: 'alert'}, say(state.fault, {n: state.wait}));

const words = (of) => h('dl', Object.entries(of).map(([whose, text]) =>
  [h('dt', say(whose)), h('dd', h('bdi', {class: 'words', lang: 'en'}, text))]));

function answer(head, what, when) {
  for (const fold of document.querySelectorAll('article details')) fold.open = false;
  act.answer(head, what, when);
}

// The next time that the clock shows this.
function nextTime(text) {
  const at = new Date();
  at.setHours(...text.split(':'), 0, 0);
  if (at <= Date.now()) at.setDate(at.getDate() + 1);
  return at.getTime();
}

function etas({head, id}) {
  const at = (n) => Date.now() + n * 60_000;
  const come = (n) => answer(head, 'coming', at(n));
  const choice = (n) =>
    button(`eta-${n}-${id}`, () => come(n), [h('b', say('minutes', {n})), clock(at(n))]);
  return [
    h('div', {class: 'choices'}, ETA_MINUTES.map(choice)),
    form(`eta-${id}`, 'other_minutes', {type: 'number', min: 1, max: 1440}, come)
  ];
}

function buttons(incident) {
  const {head, said, id, isSaid, isOff} = incident;
  const {kind, by} = head.notice;
  const fold = (name, ...inside) => h('details', {id: `${name}-${id}`},
    h('summary', {id: `fold-${name}-${id}`, class: `button ${name}`}, say(name)), inside);
  const says = (name) => button(`${name}-${id}`,
    () => answer(head, name.replace('_', ' ')), say(name), {class: `button ${name}`});
  const answers = () => [
    fold('coming', etas(incident)),
    fold('later', form(`from-${id}`, 'from_when', {type: 'time'},
      (value) => answer(head, 'later', nextTime(value)))),
    says('last_resort'), says('no')
  ];

  const isAsked = kind === 'request' && !isSaid;
  if (!isOpen(head)) return isAsked && h('p', say('over'));
  if (isAsked) return answers();
  const sleeps = kind === 'reserve' && by;
  const isExpected =
    kind === 'assigned' || sleeps || (kind === 'request' && said.answer === 'coming');
  const mayOffer = ['standby', 'stand_down', 'update'].includes(kind) && !isSaid;
  return [
    said?.answer === 'arrived' ? says('leaving') : isExpected && !isOff && says('arrived'),
    sleeps && h('a', {
      id: `calendar-${id}`, class: 'button', download: 'shift.ics', href: calendar(head)
    }, say('calendar')),
    mayOffer ? fold('offer', etas(incident)) : fold('change', answers())
  ];
}

// A calendar is shown to others and copied to clouds: the entry only says when.
function calendar({id, notice}) {
  const stamp = (at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const entry = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tocsin//EN
BEGIN:VEVENT
UID:${id}
DTSTAMP:${stamp(Date.now())}
DTSTART:${stamp(notice.by)}
SUMMARY:${document.title}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:${document.title}
TRIGGER:-PT2H
END:VALARM
END:VEVENT
END:VCALENDAR
`;
  return `data:text/calendar,${encodeURIComponent(entry.replaceAll('\n', '\r\n'))}`;
}

function headline({head: {notice: {kind, report_to: place, by, role}}, said, isOff}) {
  if (isOff) return say('you_said', {answer: say(said.answer)});
  return say(kind === 'reserve' && by ? 'sleep' : kind, {place, role, time: by && clock(by)});
}

function spoken({answer, when, fate}) {
  const words = say(answer.replace(' ', '_')) + (when ? `, ${clock(when)}` : '');
  return h('p', {class: fate === 'sent' ? 'said' : 'said fault'},
    h('b', say('you_said', {answer: words}), '.'), ' ', say(fate));
}

function card(incident) {
  const {head: {notice}, id, updates, said} = incident;
  const {certificate: {name: who, role}, text, kind, by, keepUntil} = notice;
  const tier = Object.keys(Role)[role - 1];
  const facts = {...notice, by: by && `${clock(by)} (${soon(by)})`};
  const fact = (name) =>
    facts[name] && h('div', {class: name}, h('dt', say(name)), h('dd', h('bdi', facts[name])));
  return h('article', {class: incident.realness, 'aria-labelledby': `title-${id}`},
    h('h1', {id: `title-${id}`}, h('span', {class: 'banner'}, say(incident.realness)), ' ',
      h('span', headline(incident))),
    h('dl', ['report_to', 'by', 'role', 'area', 'shift'].map(fact)),
    h('p', say('called_by', {who, tier, incident: notice.incident})),
    h('p', {class: 'signature'}, say('signed', {organisation: state.device.organisationName})),
    said && spoken(said),
    h('div', {class: 'buttons'}, buttons(incident)),
    updates.length > 0 && h('h2', say('update')),
    updates.map(({header, notice: news}) =>
      h('p', h('b', `${clock(header.created)} `), h('bdi', news.text))),
    kind !== 'update' && h('p', {class: 'text', dir: 'auto'}, text),
    h('p', {class: 'small'}, say('deletes', {time: clock(keepUntil)})));
}

function inbox({settings: {refused, contact}, trouble, incidents}) {
  return [
    fault(),
    refused > 0 && h('section', {class: 'fault', role: 'alert'}, note('forged', {n: refused}),
      button('dismiss', act.dismiss)),
    trouble && h('p', {class: 'fault'}, say(trouble), ' ',
      contact && say('as_of', {time: clock(contact)})),
    incidents.length > 0 ? incidents.map(card) : note('nothing')
  ];
}

function removal() {
  const warning = `${say('remove')}\n${say('gone_how')}`;
  return button('remove', () => confirm(warning) && act.remove());
}

function settings({device, lock, mayHavePasskey}) {
  const pin = {type: 'password', minlength: 6, autocomplete: 'new-password'};
  return h('details', {id: 'settings'}, h('summary', {id: 'fold-settings'}, say('settings')),
    window.Notification?.permission === 'default' && button('notify', act.notify),
    lock ? button('unlocked', act.removeLock) : [
      mayHavePasskey && button('passkey_on', act.setPasskey),
      form('pin', 'pin_new', pin, act.setPin, 'pin_on')
    ],
    words(device.words), removal());
}

function screen() {
  const {device, invitation, lock} = state;
  const pin = {type: 'password', autocomplete: 'current-password'};
  const ask = (title, ...how) => [h('h1', say(title, invitation)), fault(), how];
  if (state.screen) return [note(state.screen), fault()];
  if (state.isLocked)
    return ask('locked', lock === 'pin' ? form('unlock', 'pin', pin, act.unlock, 'unlock')
      : button('unlock', () => act.unlock()), removal());
  if (invitation) return ask('join', words(invitation.words), button('enrol', act.enrol));
  if (device?.list === undefined)
    return ask('welcome', form('code', 'welcome_how', {autocomplete: 'off'}, act.join));
  const now = device.list ? inbox(state) : [note('waiting'), words(device.words)];
  return [now, settings(state)];
}

// Draws all anew, and leaves what a person types, opened or has in focus as it was.
export function render(newState, actions) {
  [state, act] = [newState, actions];
  const main = document.getElementById('main');
  const fresh = main.cloneNode();
  fresh.append(...screen().flat(9).filter(Boolean));
  for (const {id} of main.querySelectorAll('details[open]'))
    fresh.querySelector(`#${id}`)?.toggleAttribute('open', true);
  // What has not changed stays: a screen reader would lose its place in it.
  if (!fresh.isEqualNode(main)) replace(main, fresh);
  announce();
}

function replace(main, fresh) {
  const {activeElement: focus} = document;
  const hadFocus = main.contains(focus);
  for (const input of main.querySelectorAll('input'))
    fresh.querySelector(`input#${input.id}`)?.replaceWith(input);
  main.replaceChildren(...fresh.childNodes);
  if (hadFocus) (document.getElementById(focus.id) ?? main).focus({preventScroll: true});
}

// The newest is read out once, and not again when only the time has moved on.
function announce() {
  const [newest] = state.incidents;
  const tell = (id, words) => {
    const region = document.getElementById(id);
    if (region.textContent !== words) region.textContent = words;
  };
  tell('alert', newest ? `${say(newest.realness)}. ${headline(newest)}` : '');
  tell('status', newest?.said ? say(newest.said.fate) : '');
}
