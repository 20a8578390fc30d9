// The screens of the page: joining, waiting, the incidents, the lock and the settings.
import {card, headline} from './card.js';
import {button, form, h, note, present} from './element.js';
import {clock, say} from './language.js';

// Draws the whole page for this state. What a person has typed, unfolded or put the focus on stays.
// `actions` are what app.js does at the press of a button.
export function render(state, actions) {
  const main = document.getElementById('main');
  const fresh = main.cloneNode();
  fresh.append(...present(screen(state, actions)));
  for (const {id} of main.querySelectorAll('details[open]'))
    fresh.querySelector(`#${id}`)?.toggleAttribute('open', true);
  // When nothing has changed, the elements stay: a screen reader would lose its place.
  if (!fresh.isEqualNode(main)) replace(main, fresh);
  announce(state.incidents);
}

function replace(main, fresh) {
  const focus = document.activeElement;
  const hadFocus = main.contains(focus);
  for (const input of main.querySelectorAll('input'))
    fresh.querySelector(`input#${input.id}`)?.replaceWith(input);
  main.replaceChildren(...fresh.childNodes);
  if (!hadFocus) return;
  const next = document.getElementById(focus.id) ?? main;
  next.focus({preventScroll: true});
}

// Screen readers read these regions out when they change. They hold no time, which changes each
// minute.
function announce([newest]) {
  let alert = '';
  let status = '';
  if (newest) alert = `${say(newest.realness)}. ${headline(newest)}`;
  if (newest?.answered) status = say(newest.answered.fate);
  setText('alert', alert);
  setText('status', status);
}

function setText(id, text) {
  const region = document.getElementById(id);
  if (region.textContent !== text) region.textContent = text;
}

function screen(state, actions) {
  const {device, invitation} = state;
  if (state.screen) return [note(state.screen), fault(state)];
  if (state.isLocked) return lockScreen(state, actions);
  if (invitation)
    return [title('join', state), words(invitation.words), button('enrol', actions.enrol)];
  if (device?.list === undefined) return welcome(state, actions);
  // List 0: no list of the organisation has this device yet.
  const isWaiting = device.list === 0;
  const now = isWaiting ? [note('waiting'), words(device.words)] : inbox(state, actions);
  return [now, settings(state, actions)];
}

function welcome(state, actions) {
  const code = {autocomplete: 'off'};
  return [title('welcome', state), form('code', 'welcome_how', code, actions.join)];
}

function title(key, state) {
  return [h('h1', {}, say(key, state.invitation)), fault(state)];
}

function fault(state) {
  if (!state.fault) return [];
  return h('p', {class: 'fault', role: 'alert'}, say(state.fault, {n: state.waitSeconds}));
}

// Fingerprints: whose they are, and the six words. The words are English on every page.
function words(fingerprints) {
  return h('dl', {}, Object.entries(fingerprints).map(([whose, text]) => [
    h('dt', {}, say(whose)), h('dd', {}, h('bdi', {class: 'words', lang: 'en'}, text))
  ]));
}

function lockScreen(state, actions) {
  const pin = {type: 'password', autocomplete: 'current-password'};
  const unlock = state.lock === 'pin' ? form('unlock', 'pin', pin, actions.unlockByPin, 'unlock')
    : button('unlock', actions.unlockByPasskey);
  return [title('locked', state), unlock, removal(actions)];
}

function inbox(state, actions) {
  const organisation = state.device.organisationName;
  const cards = state.incidents.map((incident) => card(incident, organisation, actions.reply));
  return [
    fault(state),
    forgeries(state.settings.refused, actions),
    trouble(state.trouble, state.settings.contact),
    cards.length > 0 ? cards : note('nothing')
  ];
}

function forgeries(count, actions) {
  if (!count) return [];
  return h('section', {class: 'fault', role: 'alert'},
    note('forged', {n: count}), button('dismiss', actions.dismiss));
}

function trouble(key, lastContact) {
  if (!key) return [];
  const asOf = lastContact ? say('as_of', {time: clock(lastContact)}) : '';
  return h('p', {class: 'fault'}, say(key), ' ', asOf);
}

function settings({device, lock, mayHavePasskey}, actions) {
  const mayAskToNotify = window.Notification?.permission === 'default';
  return h('details', {id: 'settings'},
    h('summary', {id: 'fold-settings'}, say('settings')),
    mayAskToNotify && button('notify', actions.notify),
    lock ? button('unlocked', actions.removeLock) : locks(mayHavePasskey, actions),
    words(device.words), removal(actions));
}

function locks(mayHavePasskey, actions) {
  const pin = {type: 'password', minlength: 6, autocomplete: 'new-password'};
  return [
    mayHavePasskey && button('passkey_on', actions.setPasskey),
    form('pin', 'pin_new', pin, actions.setPin, 'pin_on')
  ];
}

function removal(actions) {
  const warning = `${say('remove')}\n${say('gone_how')}`;
  const remove = () => {
    if (confirm(warning)) actions.remove();
  };
  return button('remove', remove);
}
