// What a person sees, made of elements and text only: nothing that came from outside is read as
// HTML.
import {keptUntil} from './inbox.js';
import {clock, language, LANGUAGES, say, soon, weekday} from './language.js';
import {isPin} from './lock.js';
import {wordsOf} from './seal.js';

const ETA_MINUTES = [10, 20, 30, 45, 60, 90];
const TIERS = ['', 'strategic', 'tactical', 'operational'];
const ANSWERS = {
  coming: 'said_coming',
  later: 'said_later',
  'last resort': 'said_last',
  no: 'said_no',
  arrived: 'said_arrived',
  leaving: 'said_leaving'
};

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined)
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(2).filter((child) => child));
  return element;
}

const button = (id, words, onclick, more) =>
    h('button', {type: 'button', id, onclick, ...more}, words);
// What others wrote may be in another language and direction than the page's.
const theirs = (tag, text, more) => h(tag, {dir: 'auto', ...more}, text);

function form(id, words, input, submit, send = say('send')) {
  return h(
      'form', {
        onsubmit: (event) => {
          event.preventDefault();
          submit(event.target.elements[id].value);
        }
      },
      h('label', {'for': id}, words), h('input', {id, name: id, required: true, ...input}),
      h('button', {}, send));
}

const fault = (state) => state.fault &&
    h('p', {class: 'fault', role: 'alert'},
      say(state.fault[0],
          {...state.fault[1], ...(state.fault[1]?.at && {time: clock(state.fault[1].at)})}));

// Enrolment.

function invite(state, actions) {
  return [
    h('h1', {}, say('welcome')), h('p', {}, say('welcome_how')), fault(state),
    form('code', say('code'), {autocomplete: 'off', spellcheck: 'false'}, actions.readCode)
  ];
}

const words = (title, identity) =>
    [h('dt', {}, title), h('dd', {class: 'words', lang: 'en', dir: 'ltr'}, wordsOf(identity))];

function join(state, actions) {
  const {invitation} = state;
  return [
    h('h1', {}, say('join', {person: invitation.person})), fault(state),
    h('dl', {}, words(say('organisation'), invitation.organisation)),
    form(
        'name', say('device_name'), {maxlength: 40, value: state.device?.name ?? 'phone'},
        actions.enrol, say('enrol'))
  ];
}

function waiting({device}) {
  return [
    h('h1', {}, say('waiting')), h('p', {}, say('compare')),
    h('dl', {}, words(say('this_device'), device.identity),
      words(say('organisation'), device.organisation))
  ];
}

// Answering.

// The next time that the clock shows this.
function nextTime(text) {
  const [hours, minutes] = text.split(':').map(Number);
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at <= Date.now()) at.setDate(at.getDate() + 1);
  return at.getTime();
}

function etaPanel(incident, actions) {
  const inMinutes = (n) => actions.answer(incident.head, 'coming', Date.now() + n * 60_000);
  return h(
      'fieldset', {}, h('legend', {}, say('how_long')),
      h('div', {class: 'choices'},
        ETA_MINUTES.map(
            (n) => button(
                `eta-${n}-${incident.id}`,
                [h('b', {}, say('minutes', {n})), clock(Date.now() + n * 60_000)],
                () => inMinutes(n)))),
      form(
          `eta-${incident.id}`, say('other_minutes'),
          {type: 'number', min: 1, max: 1440, inputmode: 'numeric'},
          (value) => inMinutes(Number(value))));
}

const laterPanel = (incident, actions) =>
    h('fieldset', {}, h('legend', {}, say('from_when')),
      form(
          `from-${incident.id}`, say('time'), {type: 'time'},
          (value) => actions.answer(incident.head, 'later', nextTime(value))));

function stage({head, said}) {
  const asks = ['request', 'reminder'].includes(head.notice.kind);
  return {asks, isOpen: asks && (!said || said.at < head.received), kind: head.notice.kind};
}

function buttons(incident, state, actions) {
  const {asks, isOpen, kind} = stage(incident);
  const {head, said, id} = incident;
  const panel = state.open.id === id && state.open.panel;
  const isChanging = panel && panel !== 'offer';
  const out = [];
  const opens = (name, which, words_) => button(
      `${name}-${id}`, words_, () => actions.toggle(id, which),
      {class: name, 'aria-expanded': String(panel === which)});
  const says = (name, what) =>
      button(`${name}-${id}`, say(name), () => actions.answer(head, what), {class: name});
  if (isOpen || isChanging) {
    out.push(opens('coming', 'coming', say('coming')));
    if (panel === 'coming') out.push(etaPanel(incident, actions));
    out.push(opens('later', 'later', say('later')));
    if (panel === 'later') out.push(laterPanel(incident, actions));
    out.push(says('last_resort', 'last resort'), says('no', 'no'));
    if (isChanging && !isOpen)
      out.push(button(`back-${id}`, say('back'), () => actions.toggle(id, panel)));
    return out;
  }
  const isExpected = kind === 'assigned' || (asks && said?.answer === 'coming');
  if (isExpected && said?.answer !== 'arrived' && said?.answer !== 'leaving')
    out.push(says('arrived', 'arrived'));
  if (said?.answer === 'arrived') out.push(says('leaving', 'leaving'));
  if (kind === 'reserve' && head.notice.by)
    out.push(
        h('a', {class: 'button', download: 'shift.ics', href: calendar(head)}, say('calendar')));
  const mayOffer =
      ['standby', 'stand_down', 'update'].includes(kind) && !(said && said.at > head.received);
  if (mayOffer) {
    out.push(opens('offer', 'offer', say('offer')));
    if (panel === 'offer') out.push(etaPanel(incident, actions));
  } else {
    out.push(button(
        `change-${id}`, say('change'), () => actions.toggle(id, 'change'), {class: 'change'}));
  }
  return out;
}

// A calendar may be shown to many and copied to a cloud, so the entry says when and nothing else.
function calendar({id, notice}) {
  const stamp = (at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tocsin//EN', 'BEGIN:VEVENT', `UID:${id}`,
    `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(notice.by)}`, 'SUMMARY:Incident message: open',
    'BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Incident message: open', 'TRIGGER:-PT2H',
    'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', ''
  ];
  return `data:text/calendar;charset=utf-8,${encodeURIComponent(lines.join('\r\n'))}`;
}

function headline({head}) {
  const {kind, report_to: place, by, role} = head.notice;
  const when = by && weekday(by);
  switch (kind) {
    case 'request':
    case 'reminder':
      return say('can_you_come', {role});
    case 'assigned':
      return say('come_to', {place, time: when});
    case 'reserve':
      return when ? say('sleep', {time: when}) : say('reserve');
    case 'standby':
      return say('standby');
    case 'stand_down':
      return say('stand_down');
    case 'offer_acknowledgement':
      return say('noted');
    default:
      return say('news');
  }
}

function saidLine({said}) {
  if (!said) return undefined;
  const time = said.when && weekday(said.when);
  return h(
      'p', {class: said.isSent ? 'said' : 'said unsent'},
      h('b', {}, say('you_said', {answer: say(ANSWERS[said.answer], {time})})), ' ',
      said.isSent ? say('sent') : say(said.hasFailed ? 'not_taken' : 'not_sent'));
}

const realness = ({isReal}) => say(isReal ? 'real' : 'exercise');

function card(incident, state, actions) {
  const {head, id, updates} = incident;
  const {notice} = head;
  const facts = [
    ['report_to', notice.report_to],
    ['by', notice.by && `${weekday(notice.by)} (${soon(notice.by)})`], ['role', notice.role],
    ['area', notice.area], ['shift', notice.shift]
  ];
  return h(
      'article', {class: incident.isReal ? 'real' : 'exercise', 'aria-labelledby': `title-${id}`},
      h('h1', {id: `title-${id}`}, h('span', {class: 'banner'}, realness(incident)), ' ',
        h('span', {class: 'headline', dir: 'auto'}, headline(incident))),
      h('dl', {},
        facts.filter(([, value]) => value)
            .map(
                ([name, value]) =>
                    h('div', {class: name}, h('dt', {}, say(name)), theirs('dd', value)))),
      h('p', {class: 'caller'}, say('called_by', {
          who: notice.certificate.name,
          tier: say(TIERS[notice.certificate.role]),
          incident: notice.incident
        })),
      h('p', {class: 'signature'}, say('signed', {organisation: state.device.organisationName})),
      saidLine(incident), h('div', {class: 'buttons'}, buttons(incident, state, actions)),
      updates.length > 0 &&
          [
            h('h2', {}, say('news')),
            h('ul', {},
              updates.map(
                  (update) =>
                      h('li', {}, h('b', {}, `${clock(update.header.created)} `),
                        theirs('span', update.notice.text))))
          ],
      head.notice.kind !== 'update' && theirs('p', notice.text, {class: 'text'}),
      h('p', {class: 'small'}, say('deletes', {time: weekday(keptUntil(head))})));
}

function inbox(state, actions) {
  const {refused = 0, contact} = state.settings;
  return [
    refused > 0 &&
        h('section', {class: 'forged', role: 'alert'}, h('h1', {}, say('forged')),
          h('p', {}, say('forged_how', {n: refused})),
          button('dismiss', say('understood'), actions.dismiss)),
    state.trouble &&
        h('p', {class: 'fault'},
          say(`trouble_${state.trouble.replace(' ', '_')}`) || say('trouble_offline'),
          contact && ` ${say('as_of', {time: weekday(contact)})}`),
    state.incidents.map((incident) => card(incident, state, actions)),
    state.incidents.length === 0 && [h('h1', {}, say('nothing')), h('p', {}, say('nothing_how'))],
  ];
}

// Settings.

function settings(state, actions) {
  const {device} = state;
  const codes = Object.keys(LANGUAGES);
  return h(
      'details', {id: 'settings'}, h('summary', {}, say('settings')),
      h('label', {'for': 'language'}, say('language')),
      h('select', {id: 'language', onchange: (event) => actions.setLanguage(event.target.value)},
        codes.map(
            (code) =>
                h('option', {value: code, lang: code, selected: code === language()},
                  LANGUAGES[code]))),
      device && [
        'Notification' in window && Notification.permission === 'default' &&
            button('notify', say('notify'), actions.notify),
        state.hasPin ? button('pin-off', say('pin_off'), () => actions.setPin('')) :
                       form(
                           'pin', say('pin_new'),
                           {type: 'password', minlength: 6, autocomplete: 'new-password'},
                           (pin) => isPin(pin) && actions.setPin(pin), say('pin_on')),
        h('dl', {}, words(say('this_device'), device.identity),
          words(say('organisation'), device.organisation)),
        button(
            'remove', say('remove'), () => confirm(say('remove_sure')) && actions.remove(),
            {class: 'no'})
      ]);
}

const locked = (state, actions) =>
    [h('h1', {}, say('locked')), fault(state),
     form(
         'unlock', say('pin'), {type: 'password', autocomplete: 'current-password'}, actions.unlock,
         say('unlock')),
     button(
         'remove', say('remove'), () => confirm(say('remove_sure')) && actions.remove(),
         {class: 'no'})];

function screen(state, actions) {
  if (state.screen !== 'inbox')
    return [h('h1', {}, say(state.screen)), h('p', {}, say(`${state.screen}_how`))];
  if (state.isLocked) return locked(state, actions);
  if (state.invitation) return [join(state, actions), settings(state, actions)];
  if (!state.device) return [invite(state, actions), settings(state, actions)];
  return [state.device.accepted ? inbox(state, actions) : waiting(state), settings(state, actions)];
}

// Draws everything anew, and leaves what a person is typing, opened or has in focus as it was.
let spoken = '';
export function render(state, actions) {
  const main = document.getElementById('main');
  const isOpen = document.getElementById('settings')?.open;
  const fresh = main.cloneNode();
  fresh.append(...screen(state, actions).flat(3).filter((child) => child));
  const details = fresh.querySelector('#settings');
  if (details) details.open = Boolean(isOpen);
  // What has not changed stays: a screen reader would lose its place in it.
  if (!fresh.isEqualNode(main)) replace(main, fresh);
  announce(state);
}

function replace(main, fresh) {
  const hadFocus = main.contains(document.activeElement) && document.activeElement !== main;
  const focus = document.activeElement?.id;
  const kept = [...main.querySelectorAll('input')].map(({id, value}) => [id, value]);
  main.replaceChildren(...fresh.childNodes);
  for (const [id, value] of kept) {
    const input = document.getElementById(id);
    if (input) input.value = value;
  }
  const again = focus && document.getElementById(focus);
  if (again)
    again.focus({preventScroll: true});
  else if (hadFocus)
    main.focus({preventScroll: true});
}

function announce(state) {
  // The newest is read out once, and not again when only the time has moved on.
  const [newest] = state.isLocked || state.screen !== 'inbox' ? [] : state.incidents;
  const words_ = newest ? `${realness(newest)}. ${headline(newest)}` : '';
  if (words_ !== spoken) document.getElementById('alert').textContent = words_;
  spoken = words_;
  const said = newest?.said;
  document.getElementById('status').textContent = said?.isSent ? say('sent') : '';
}
