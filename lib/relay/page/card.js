// One incident as a person sees it: what it is, what was answered and what can be answered now.
import {button, form, h} from './element.js';
import {isOpen} from './inbox.js';
import {clock, say, soon} from './language.js';
import {Role} from './seal.js';

const ETA_MINUTES = [10, 20, 30, 45, 60, 90];
const FACTS = ['report_to', 'by', 'role', 'area', 'shift'];

// `reply` is called with a message, an answer and perhaps a time.
export function card(incident, organisation, reply) {
  const {head, id, answered, realness} = incident;
  const {kind, text, keepUntil} = head.notice;
  return h('article', {class: realness, 'aria-labelledby': `title-${id}`},
    h('h1', {id: `title-${id}`},
      h('span', {class: 'banner'}, say(realness)), ' ', h('span', {}, headline(incident))),
    h('dl', {}, facts(head.notice)),
    h('p', {}, calledBy(head.notice)),
    h('p', {class: 'signature'}, say('signed', {organisation})),
    answered && lastAnswer(answered),
    h('div', {class: 'buttons'}, buttons(incident, reply)),
    updates(incident),
    kind !== 'update' && h('p', {class: 'text', dir: 'auto'}, text),
    h('p', {class: 'small'}, say('deletes', {time: clock(keepUntil)})));
}

export function headline({head, answered, isDeclined}) {
  if (isDeclined) return say('you_said', {answer: say(answered.answer)});
  const {kind, report_to: place, by, role} = head.notice;
  const key = isRelief(head) ? 'sleep' : kind;
  return say(key, {place, role, time: by ? clock(by) : ''});
}

// A reserve with a time relieves a later shift.
function isRelief({notice}) {
  return notice.kind === 'reserve' && Boolean(notice.by);
}

function facts(notice) {
  const values = {...notice, by: notice.by ? `${clock(notice.by)} (${soon(notice.by)})` : ''};
  return FACTS.filter((name) => values[name]).map((name) =>
    h('div', {class: name}, h('dt', {}, say(name)), h('dd', {}, h('bdi', {}, values[name]))));
}

function calledBy({certificate, incident}) {
  const tier = Object.keys(Role).find((name) => Role[name] === certificate.role);
  return say('called_by', {who: certificate.name, tier, incident});
}

function lastAnswer({answer, when, fate}) {
  let words = say(answer.replace(' ', '_'));
  if (when) words += `, ${clock(when)}`;
  return h('p', {class: fate === 'sent' ? 'said' : 'said fault'},
    h('b', {}, say('you_said', {answer: words}), '.'), ' ', say(fate));
}

function updates(incident) {
  if (incident.updates.length === 0) return [];
  const lines = incident.updates.map(({header, notice}) =>
    h('p', {}, h('b', {}, `${clock(header.created)} `), h('bdi', {}, notice.text)));
  return [h('h2', {}, say('update')), lines];
}

function buttons(incident, reply) {
  const {head, isAnswered} = incident;
  const isAsked = head.notice.kind === 'request' && !isAnswered;
  const replyToHead = (answer, when) => {
    for (const details of document.querySelectorAll('article details')) details.open = false;
    reply(head, answer, when);
  };
  if (!isOpen(head)) return isAsked ? h('p', {}, say('over')) : [];
  if (isAsked) return answers(incident, replyToHead);
  const mayOffer = ['standby', 'stand_down', 'update'].includes(head.notice.kind) && !isAnswered;
  return [
    presence(incident, replyToHead),
    isRelief(head) && calendarLink(incident),
    mayOffer ? unfolding('offer', incident, etas(incident, replyToHead))
      : unfolding('change', incident, answers(incident, replyToHead))
  ];
}

// What the reader may say of their arrival, if anything.
function presence(incident, reply) {
  if (incident.answered?.answer === 'arrived') return answerButton('leaving', incident, reply);
  if (isExpected(incident)) return answerButton('arrived', incident, reply);
  return [];
}

function isExpected({head, answered, isDeclined}) {
  if (isDeclined) return false;
  if (head.notice.kind === 'request') return answered.answer === 'coming';
  return head.notice.kind === 'assigned' || isRelief(head);
}

function answers(incident, reply) {
  const later = (text) => reply('later', nextTime(text));
  return [
    unfolding('coming', incident, etas(incident, reply)),
    unfolding('later', incident, form(`from-${incident.id}`, 'from_when', {type: 'time'}, later)),
    answerButton('last_resort', incident, reply),
    answerButton('no', incident, reply)
  ];
}

function answerButton(name, {id}, reply) {
  const send = () => reply(name.replace('_', ' '));
  return button(`${name}-${id}`, send, say(name), {class: `button ${name}`});
}

// A button that unfolds what there is to choose from.
function unfolding(name, {id}, choices) {
  return h('details', {id: `${name}-${id}`},
    h('summary', {id: `fold-${name}-${id}`, class: `button ${name}`}, say(name)), choices);
}

function etas({id}, reply) {
  const arrival = (minutes) => Date.now() + minutes * 60_000;
  const come = (minutes) => reply('coming', arrival(minutes));
  const choices = ETA_MINUTES.map((minutes) => button(`eta-${minutes}-${id}`, () => come(minutes),
    [h('b', {}, say('minutes', {n: minutes})), clock(arrival(minutes))]));
  return [
    h('div', {class: 'choices'}, choices),
    form(`eta-${id}`, 'other_minutes', {type: 'number', min: 1, max: 1440}, come)
  ];
}

// When a clock will next show this time of day.
function nextTime(text) {
  const [hours, minutes] = text.split(':');
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at.getTime() <= Date.now()) at.setDate(at.getDate() + 1);
  return at.getTime();
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
}
