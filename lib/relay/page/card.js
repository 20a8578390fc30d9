// One incident as a person sees it: what it is, what was answered and what can be answered now.
import {button, clock, field, form, h, say, soon} from './language.js';
import {Role} from './seal.js';
import {now} from './wire.js';

const ETA_MINUTES = [10, 20, 30, 45, 60, 90];
const LATER_HOURS = [2, 4, 8, 12];
const DETAILS = ['role', 'area', 'shift'];

// Who has said that they do not come, or has left, is not told where to go; nor when they changed
// their mind, until a coordinator says it anew.
const HAS_NO_PLACE = ['declined', 'left', 'given_up', 'over'];

// What a person may say, by where they stand (inbox.js).
export const OFFERS = {
  asked: ['coming', 'later', 'last_resort', 'no'],
  asked_relief: ['be_there', 'later', 'last_resort', 'no'],
  answered: ['change'],
  given_up: ['change'],
  expected: ['arrived', 'change', 'withdraw'],
  relief_near: ['arrived', 'late', 'withdraw'],
  relief: ['calendar', 'another_time', 'withdraw'],
  reserve: ['withdraw', 'change'],
  declined: ['change'],
  here: ['leaving'],
  left: ['still_here'],
  over: [],
  free: ['offer']
};

// `reply` is called with a message, an answer and perhaps a time. `fresh` has the ids of messages
// that the person has not seen before.
export function card(incident, organisation, fresh, reply) {
  const {head, id, realness, stand} = incident;
  const title = h('h1', {id: `title-${id}`, tabindex: -1},
    h('span', {class: 'banner'}, say(bannerOf(incident))), ' ',
    h('span', {}, headline(incident), isNew(head, fresh)));
  const attributes = {id: `card-${id}`, class: realness, 'aria-labelledby': `title-${id}`};
  const content = body(incident, organisation, fresh, reply);
  if (stand !== 'over') return h('article', attributes, title, content);
  return h('article', {...attributes, class: 'over'}, h('details', {id: `over-${id}`},
    h('summary', {id: `fold-${id}`}, title), content));
}

export function bannerOf({ended, realness}) {
  return ended ? 'ended' : realness;
}

export function headline({head, answered, realness, ended, stand}) {
  const {incident, kind, report_to: place, by, role} = head.notice;
  if (ended) return say(`ended_${realness}`, {incident, time: clock(ended)});
  if (stand === 'over') return say('past', {incident});
  const isAnswered = kind === 'request' && !stand.startsWith('asked');
  const hasArrived = stand === 'here' && kind !== 'stand_down';
  if (isAnswered || hasArrived || HAS_NO_PLACE.includes(stand)) return said(answered);
  const key = {relief: 'sleep', relief_near: 'assigned'}[stand] ?? kind;
  return say(key, {place, role, time: by ? clock(by) : ''});
}

function isNew({id}, fresh) {
  return fresh.has(id) && [' ', h('mark', {id: `new-${id}`}, say('new'))];
}

function body(incident, organisation, fresh, reply) {
  const {head, answered, ended, stand} = incident;
  const {notice} = head;
  const hasPlace = !HAS_NO_PLACE.includes(stand);
  return [
    hasPlace && whereAndWhen(notice),
    ended && h('p', {}, say('ended_how')),
    h('p', {class: 'signature'}, say('signed', {organisation})),
    h('div', {class: 'buttons'}, OFFERS[stand].map((name) => offer(name, incident, reply))),
    answered && lastAnswer(answered),
    switchboard(notice),
    updates(incident, fresh),
    hasPlace && notice.kind !== 'update' && h('p', {class: 'text', dir: 'auto'}, notice.text),
    hasPlace && facts(DETAILS, notice),
    smallPrint(head)
  ];
}

function smallPrint({header, notice}) {
  return [
    h('p', {class: 'small'}, calledBy(notice, header)),
    h('p', {class: 'small'}, say('deletes', {time: clock(notice.keepUntil)}))
  ];
}

function whereAndWhen(notice) {
  const by = notice.by ? `${clock(notice.by)} (${soon(notice.by)})` : '';
  return facts(['report_to', 'by'], {...notice, by});
}

function facts(names, values) {
  const given = names.filter((name) => values[name]);
  return given.length > 0 && h('dl', {}, given.map((name) =>
    h('div', {class: name}, h('dt', {}, say(name)), h('dd', {}, h('bdi', {}, values[name])))));
}

function calledBy({certificate, incident}, {created}) {
  const tier = Object.keys(Role).find((name) => Role[name] === certificate.role);
  return say('called_by', {who: certificate.name, tier, incident, time: clock(created)});
}

// The hospital's name, and its switchboard: a tap rings it.
function switchboard({site, switchboard: number}) {
  if (!site && !number) return [];
  const words = number ? say('ring', {site, number}) : site;
  if (!number) return h('p', {}, h('bdi', {}, words));
  return h('a', {class: 'ring', href: `tel:${number.replace(/[^+\d]/g, '')}`}, words);
}

export function said({answer, when}) {
  const words = say(answer.replace(' ', '_'));
  return say('you_said', {answer: when ? `${words}, ${clock(when)}` : words});
}

function lastAnswer(answered) {
  const {fate, isTakenBack} = answered;
  return h('p', {class: fate === 'sent' ? 'said' : 'said fault'},
    h('b', {}, said(answered), '.'), ' ', say(fate),
    isTakenBack && [' ', say('taken_back')]);
}

function updates({updates: messages}, fresh) {
  if (messages.length === 0) return [];
  const lines = messages.map((message) =>
    h('p', {}, h('b', {}, `${clock(message.header.created)} `),
      h('bdi', {}, message.notice.text), isNew(message, fresh)));
  return [h('h2', {}, say('update')), lines];
}

function offer(name, incident, reply) {
  const {head, id, stand} = incident;
  const answer = (what, when) => reply(incident, what, when);
  const {by} = head.notice;
  switch (name) {
    case 'coming':
    case 'offer':
      return unfolding(name, id, etas(id, answer));
    case 'later':
    case 'another_time':
      return unfolding(name, id, laters(id, answer));
    case 'late':
      return unfolding(name, id, etas(id, answer, 'later'));
    case 'change':
      return unfolding(name, id, changes(stand).map((other) => offer(other, incident, reply)));
    case 'be_there':
      return answerButton(name, id, () => answer('later', by), {time: clock(by)});
    case 'withdraw':
      return answerButton(name, id, () => answer('no'));
    case 'still_here':
      return answerButton(name, id, () => answer('arrived'));
    case 'calendar':
      return calendarLink(incident);
    default:
      return answerButton(name, id, () => answer(name.replace('_', ' ')));
  }
}

// What is offered to who changes their mind. Refusing has a button of its own, or was done.
function changes(stand) {
  const mayRefuse = ['answered', 'given_up'].includes(stand);
  return OFFERS.asked.filter((name) => name !== 'no' || mayRefuse);
}

function answerButton(name, id, send, values) {
  return button(`${name}-${id}`, send, say(name, values), {class: `button ${name}`});
}

// A button that unfolds what there is to choose from.
function unfolding(name, id, choices) {
  return h('details', {id: `${name}-${id}`, class: name},
    h('summary', {id: `fold-${name}-${id}`, class: `button ${name}`}, say(name)), choices);
}

function choice(name, id, words, at, send) {
  return button(`${name}-${id}`, send, [h('b', {}, words), clock(at)]);
}

function etas(id, answer, words = 'coming') {
  const arrival = (minutes) => now() + minutes * 60_000;
  const come = (minutes) => answer(words, arrival(minutes));
  const choices = ETA_MINUTES.map((n) =>
    choice(`eta-${n}`, id, say('minutes', {n}), arrival(n), () => come(n)));
  return [
    h('div', {class: 'choices'}, choices),
    form(`eta-${id}`, field(`eta-${id}`, 'other_minutes', {type: 'number', min: 1, max: 1440}), come)
  ];
}

function laters(id, answer) {
  const inHours = (hours) => now() + hours * 3_600_000;
  const choices = LATER_HOURS.map((n) =>
    choice(`later-${n}`, id, say('hours', {n}), inHours(n), () => answer('later', inHours(n))));
  return [h('div', {class: 'choices'}, choices), timeForm(id, (at) => answer('later', at))];
}

// The reader says which day: a time that has passed must not become one of tomorrow by itself.
function timeForm(id, submit) {
  const onsubmit = ({target, submitter}) => {
    const at = new Date(now());
    at.setDate(at.getDate() + Number(submitter.value));
    at.setHours(...target[`from-${id}`].value.split(':'), 0, 0);
    submit(at.getTime());
    return false;
  };
  return h('form', {onsubmit},
    field(`from-${id}`, 'from_when', {type: 'time'}),
    h('div', {class: 'choices'}, ['today', 'tomorrow'].map((day, value) =>
      h('button', {id: `${day}-${id}`, value}, say(day)))));
}

function calendarLink({head, id}) {
  const entry = encodeURIComponent(calendarEntry(head).replaceAll('\n', '\r\n'));
  return h('a', {
    id: `calendar-${id}`, class: 'button', download: 'shift.ics',
    href: `data:text/calendar,${entry}`
  }, say('calendar'));
}

// It only says when: a calendar is shown to others and copied to clouds.
function calendarEntry({id, notice}) {
  const stamp = (at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  return `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tocsin//EN
BEGIN:VEVENT
UID:${id}
DTSTAMP:${stamp(now())}
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
}
