// The screens of the page: joining, waiting, the incidents, the lock and the settings; the bar at the
// foot of each; and how they change under a thumb.
import {permission} from './alarm.js';
import {bannerOf, card, headline, said} from './card.js';
import {
  button, clock, field, form, h, LANGUAGES, note, present, say
} from './language.js';

const byId = (id) => document.getElementById(id);

// Draws the whole page for this state. What a person has typed, unfolded or put the focus on stays.
// `actions` are what app.js does at the press of a button.
export function render(state, actions) {
  drawUnderThumb(() => draw(state, actions));
  announce(state);
}

function draw(state, actions) {
  const main = byId('main');
  const fresh = main.cloneNode();
  fresh.append(...present([screen(state, actions)]));
  for (const {id} of main.querySelectorAll('details[open]'))
    fresh.querySelector(`#${id}`)?.toggleAttribute('open', true);
  // When nothing has changed, the elements stay: a screen reader would lose its place.
  if (!isSame(fresh, main)) {
    changeInPlace(main, () => replace(main, fresh));
    if (state.undo) keepInSight(state.undo.id);
  }
  renderBar(state, actions);
}

function isSame(fresh, main) {
  return fresh.childNodes.length === main.childNodes.length &&
    [...fresh.childNodes].every((node, at) => node.isEqualNode(main.childNodes[at]));
}

function replace(main, fresh) {
  const focus = document.activeElement;
  const hadFocus = main.contains(focus);
  for (const input of main.querySelectorAll('input'))
    fresh.querySelector(`input#${input.id}`)?.replaceWith(input);
  main.replaceChildren(...fresh.childNodes);
  if (!hadFocus) return;
  const next = byId(focus.id) ?? main;
  next.focus({preventScroll: true});
}

// Screen readers read these regions out when they change. They hold no time, which changes each
// minute.
function announce({incidents, fresh, fault: failed, trouble, undo}) {
  const isFresh = ({id}) => fresh.has(id);
  const newest = incidents.find(({messages}) => messages.some(isFresh)) ?? incidents[0];
  const news = newest?.updates.find(isFresh);
  setText('alert', newest ? `${say(newest.realness)}. ${headline(newest)}` : '');
  setText('status', [
    news && newsOf(news),
    newest?.answered && say(newest.answered.fate), undo && say('undo'),
    failed && say(failed), trouble && say(trouble)
  ].filter(Boolean).join('. '));
}

function setText(id, text) {
  const region = byId(id);
  if (region.textContent !== text) region.textContent = text;
}

function screen(state, actions) {
  const {device, invitation} = state;
  if (state.screen) return panel(note(state.screen), fault(state));
  if (state.isLocked) return panel(lockScreen(state, actions));
  if (invitation) return panel(join(state, actions));
  if (device?.list === undefined) return panel(welcome(state, actions));
  // List 0: no list of the organisation has this device yet.
  const isWaiting = device.list === 0;
  return [isWaiting ? waiting(state, actions) : inbox(state, actions), settings(state, actions)];
}

// What stands where a card would.
function panel(...content) {
  return h('section', {class: 'panel'}, h('img', {src: '/icon.png', alt: ''}), content);
}

function welcome(state, actions) {
  const code = field('code', 'welcome_how', {autocomplete: 'off'});
  return [title('welcome', state), form('code', code, actions.join)];
}

function join(state, actions) {
  const {words: fingerprints, greeting, person} = state.invitation;
  const organisation = greeting?.organisation ?? say('organisation');
  return [
    title('join', state, {person: greeting?.person ?? person}),
    h('p', {}, say('join_how', {organisation})), words(fingerprints),
    h('p', {}, say('words_how')), button('enrol', actions.enrol, say('enrol'), {class: 'primary'})
  ];
}

function waiting(state, actions) {
  const {this_device: own, ...others} = state.device.words;
  return [panel(note('waiting'), words({this_device: own}), words(others)), alarm(state, actions)];
}

function title(key, state, values) {
  return [h('h1', {}, say(key, values)), fault(state)];
}

function fault(state) {
  if (!state.fault) return [];
  const time = clock(state.retryAt ?? 0, {second: '2-digit'});
  return h('p', {class: 'fault', role: 'alert'}, say(state.fault, {time}));
}

// Fingerprints: whose they are, and the six words. The words are English on every page.
function words(fingerprints) {
  return h('dl', {}, Object.entries(fingerprints).map(([whose, text]) => [
    h('dt', {}, say(whose)), h('dd', {}, h('bdi', {class: 'words', lang: 'en'}, text))
  ]));
}

function lockScreen(state, actions) {
  const pin = field('unlock', 'pin', {...PIN, autocomplete: 'current-password'});
  const unlock = state.lock === 'pin' ? form('unlock', pin, actions.unlockByPin, 'unlock')
    : button('unlock', actions.unlockByPasskey);
  const waits = state.isWaitedFor && h('p', {class: 'said'}, h('b', {}, say('waits')));
  return [title('locked', state), waits, unlock, removal(actions)];
}

function inbox(state, actions) {
  const {device, incidents} = state;
  const cards = incidents.map(
    (incident) => card(incident, device.organisationName, state.fresh, actions.reply));
  const isQuiet = incidents.every(({stand}) => stand === 'over');
  return [
    forgeries(state.settings.refused, actions),
    isQuiet && empty(state),
    cards,
    isQuiet && alarm(state, actions)
  ];
}

function empty({device}) {
  const organisation = device.organisationName;
  const person = device.greeting?.person ?? device.person;
  return panel(note('nothing', {organisation, person}));
}

function isTested({settings: {tested}}) {
  return permission() === 'granted' && tested;
}

// Whether a call would wake the person, and a way to hear it. Once it was tested it is a setting, from
// the next time that the page is opened: first it asks whether it rang.
function alarm(state, actions) {
  if (isTested(state) && !state.hasRung) return [];
  return h('section', {class: 'panel'}, h('h2', {}, say('alarm')), alarmTest(state, actions));
}

function alarmTest(state, actions) {
  const allowed = permission();
  if (allowed === 'denied' || allowed === 'missing') return h('p', {class: 'fault'}, say(allowed));
  const how = say(isTested(state) ? 'tested' : 'alarm_how');
  return [h('p', {}, how), button('test', actions.test)];
}

function forgeries(count, actions) {
  if (!count) return [];
  return h('section', {class: 'fault', role: 'alert'},
    note('forged', {n: count}), button('dismiss', actions.dismiss));
}

function settings(state, actions) {
  const {device, lock, mayHavePasskey} = state;
  return h('details', {id: 'settings'},
    h('summary', {id: 'fold-settings'}, say('settings')),
    isTested(state) && !state.hasRung && alarmTest(state, actions),
    languages(actions),
    lock ? button('unlocked', actions.removeLock) : locks(mayHavePasskey, actions),
    words(device.words), removal(actions));
}

function languages(actions) {
  const options = Object.entries(LANGUAGES).map(([code, name]) => {
    const chosen = code === document.documentElement.lang.slice(0, 2) ? {selected: ''} : {};
    return h('option', {value: code, lang: code, ...chosen}, name);
  });
  return [
    h('label', {for: 'language'}, say('choose_language')),
    h('select', {id: 'language', onchange: ({target}) => actions.speak(target.value)}, options)
  ];
}

const PIN = {type: 'password', inputmode: 'numeric', pattern: '[0-9]*'};

function locks(mayHavePasskey, actions) {
  const digits = {...PIN, pattern: '[0-9]{6,}', autocomplete: 'new-password'};
  const fields = [field('pin', 'pin_new', digits), field('pin-again', 'pin_again', digits)];
  return [
    mayHavePasskey && button('passkey_on', actions.setPasskey),
    form('pin', fields, actions.setPin, 'pin_on')
  ];
}

function removal(actions) {
  const warning = `${say('remove')}\n${say('gone_how')}`;
  const remove = () => {
    if (confirm(warning)) actions.remove();
  };
  return button('remove', remove);
}

// The bar: what went wrong, what is out of sight, and undo for a while after an answer; otherwise
// whether this device would wake its reader, and when it last heard of its relay. It has its place
// always, so that nothing else moves when it changes.
export function renderBar(state, actions) {
  const bar = byId('bar');
  const fresh = bar.cloneNode();
  fresh.append(...present([barOf(state, actions)]));
  if (!fresh.isEqualNode(bar)) bar.replaceChildren(...fresh.childNodes);
}

function barOf(state, actions) {
  const {undo, fault, trouble, settings, device, isSubscribed} = state;
  if (device?.list === undefined || state.isLocked || state.screen || state.invitation) return [];
  const unseen = firstOutOfSight(state);
  if (fault || unseen || undo) {
    return [
      fault && h('p', {class: 'fault'}, say(fault)),
      unseen ? strip(unseen)
        : undo && h('p', {}, said(undo)),
      undo && button('undo', actions.undo)
    ];
  }
  const time = settings.contact ? clock(settings.contact) : '–';
  if (trouble) return h('p', {class: 'fault'}, say(trouble), ' ', say('as_of', {time}));
  if (device.list === 0) return [];
  const isAllowed = permission() === 'granted';
  if (isAllowed && isSubscribed) return h('p', {class: 'ready'}, say('ready', {time}));
  return h('p', {class: 'deaf'}, say(isAllowed ? 'stay' : 'deaf', {time}));
}

const wasInSight = new Set();  // ids of messages

// What a person should look at and cannot see: news, or answers to a request that waits.
function firstOutOfSight({incidents}) {
  for (const incident of incidents) {
    const {id, messages, stand, realness} = incident;
    const look = stand === 'over' ? stand : realness;
    for (const message of messages) {
      const mark = byId(`new-${message.id}`);
      if (!mark || wasInSight.has(message.id)) continue;
      if (isInSight(mark)) continue;
      const words = `${say(bannerOf(incident))}. ${newsOf(message, incident)}`;
      return {target: mark.id, look, words};
    }
    const title = byId(`title-${id}`);
    const answers = document.querySelector(`#card-${id} .buttons > :last-child`);
    if (stand.startsWith('asked') && answers && isInSight(title) && !isInSight(answers))
      return {target: answers.id, look, words: say('more')};
  }
  return undefined;
}

// The messages that have come into their reader's sight since the last look. Of a message that another
// one has replaced there is nothing more to see than its card.
export function comeIntoSight({incidents}) {
  if (document.hidden) return [];
  const seen = incidents.flatMap(({id, messages}) => messages.filter((message) => {
    const mark = byId(`new-${message.id}`) ?? byId(`title-${id}`);
    return mark && isInSight(mark) && !message.seen && !wasInSight.has(message.id);
  }));
  for (const {id} of seen) wasInSight.add(id);
  return seen;
}

// What was answered stays where its reader can see what became of it.
export function keepInSight(id) {
  byId(`title-${id}`)?.scrollIntoView({block: 'nearest'});
}

function newsOf({notice}, incident) {
  return notice.kind === 'update' ? `${say('update')}: ${notice.text}` : headline(incident);
}

// Whether a thumb's breadth of it stands between the top of the screen and the bar.
function isInSight(element) {
  if (!element) return true;
  const {top, bottom} = element.getBoundingClientRect();
  const end = byId('bar').getBoundingClientRect().top || innerHeight;
  const breadth = Math.min(48, bottom - top);
  return bottom - breadth >= 0 && top + breadth <= end;
}

function strip({target, look, words}) {
  const lead = () => {
    const element = byId(target);
    element.scrollIntoView({block: 'center'});
    element.closest('article').querySelector('h1').focus({preventScroll: true});
  };
  const content = h('span', {}, words, h('span', {'aria-hidden': 'true'}, ' ↕'));
  return button('strip', lead, content, {class: look, 'data-target': target});
}

// Nothing moves under a thumb: the page does not change while a finger is down, what could be tapped
// stays where it was, and a tap that was aimed at what stood there a moment before does nothing.
const AIM_MS = 400;
const TAPPED = 'a, button, input, select, summary';

let isDown = false;
let postponed;    // what is drawn when the finger is lifted
let before = [];  // {id, top, right, bottom, left}: what could be tapped before the last change
let changedAt = -AIM_MS;

// Draws now, or when no finger is down.
function drawUnderThumb(draw) {
  postponed = draw;
  if (!isDown) drawPostponed();
}

function drawPostponed() {
  postponed?.();
  postponed = undefined;
}

function onUp() {
  isDown = false;
  setTimeout(drawPostponed, 60);  // after the click
}

// Makes `change` to `main`, and scrolls so that the first thing of a card that can be tapped, and
// that is there before and afterwards, keeps its place on the screen; or the card's title, when its
// buttons are others now: no card moves another away. Where no open card is on the screen, another one
// that comes first is shown.
function changeInPlace(main, change) {
  const ofCards = [...main.querySelectorAll('article:not(.over)')].flatMap(
    (card) => [...card.querySelectorAll(TAPPED), card.querySelector('h1')]);
  const places = ofCards.map(placeOf).filter(isOnScreen);
  const first = main.querySelector('article')?.id;
  before = [...main.querySelectorAll(TAPPED)].map(placeOf).filter(isOnScreen);
  changedAt = performance.now();
  main.style.paddingBottom = '';
  change();
  const kept = places.find(({id}) => byId(id));
  if (kept) keepAt(main, byId(kept.id), kept.top);
  else if (main.querySelector('article')?.id !== first) scrollTo(0, 0);
}

function placeOf(element) {
  const {top, right, bottom, left} = element.getBoundingClientRect();
  return {id: element.id, top, right, bottom, left};
}

function isOnScreen({top, bottom, left, right}) {
  return bottom > 0 && top < innerHeight && right > left;
}

// Where there is too little below to scroll as far, there is room added.
function keepAt(main, element, top) {
  const by = element.getBoundingClientRect().top - top;
  const {scrollHeight} = document.documentElement;
  const lacking = by - (scrollHeight - innerHeight - scrollY);
  if (lacking > 0) main.style.paddingBottom = `${Math.ceil(lacking)}px`;
  scrollBy({top: by, behavior: 'instant'});
}

function onClick(event) {
  const isOfThumb = event.detail > 0;  // a key was not aimed at a place
  if (!isOfThumb || !event.target.closest('main') || performance.now() - changedAt > AIM_MS) return;
  const {clientX: x, clientY: y} = event;
  const aimed = before.find(
    ({top, right, bottom, left}) => x >= left && x <= right && y >= top && y <= bottom);
  if (!aimed || aimed.id === event.target.closest(TAPPED)?.id) return;
  event.preventDefault();
  event.stopPropagation();
}

addEventListener('pointerdown', () => { isDown = true; }, {capture: true});
addEventListener('pointerup', onUp, {capture: true});
addEventListener('pointercancel', onUp, {capture: true});
addEventListener('click', onClick, {capture: true});
