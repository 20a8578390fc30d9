// The page's life: enrol, wait to be accepted, then listen and show. Everything that is decided is
// decided elsewhere; this says when.
import {isSame, Refused} from './bytes.js';
import * as enrol from './enrol.js';
import * as inbox from './inbox.js';
import {choose} from './language.js';
import * as lock from './lock.js';
import * as store from './store.js';
import * as view from './view.js';
import {OutOfReach} from './wire.js';

const WAIT_SECONDS = 50;  // home routers forget a quiet connection after a minute
const LONGEST_PAUSE = 30_000;
const TITLE = 'Incident message: open';

const state = {
  screen: 'inbox',
  device: undefined,
  invitation: undefined,
  fault: '',
  incidents: [],
  settings: {},
  trouble: '',
  isLocked: false,
  hasPin: false,
  open: {}
};
const channel = new BroadcastChannel('tocsin');
let wake = () => {};
let poll;
let hiddenAt = 0;

// One after the other, so that what is drawn last is what is newest.
let drawing = Promise.resolve();
function show() {
  const drawn = drawing.then(draw);
  drawing = drawn.catch(() => {});
  return drawn;
}

async function draw() {
  state.settings = await store.settings().catch(() => ({}));
  const isOpen = state.device && !state.isLocked && state.screen === 'inbox';
  state.incidents = isOpen ? inbox.incidents(await inbox.letters(state.device)) : [];
  view.render(state, actions);
  if (!state.isLocked && !document.hidden) sayTheyWereSeen();
}

// The coordinators learn that a message was seen. What cannot be sent now is sent later.
async function sayTheyWereSeen() {
  for (const {letters} of state.incidents)
    for (const letter of letters)
      if (!letter.seen) {
        letter.seen = true;
        await inbox.answer(state.device, letter, 'seen').catch(() => {});
      }
}

async function end(screen) {
  // First, so that nothing that still runs begins to keep things again.
  Object.assign(state, {screen, device: undefined, incidents: [], isLocked: false});
  poll?.abort();
  await store.wipe();
  view.render(state, actions);
}

const actions = {
  async readCode(code) {
    state.fault = '';
    try {
      const invitation = await enrol.readInvitation(code);
      if (new URL(invitation.relay).origin !== location.origin)
        state.fault = ['otherHost', {host: new URL(invitation.relay).host}];
      else if (Date.now() >= invitation.expires)
        state.fault = ['expired', {at: invitation.expires}];
      else
        state.invitation = invitation;
    } catch {
      state.fault = ['badCode'];
    }
    await show();
  },
  async enrol(name) {
    navigator.storage?.persist?.();
    // Kept before it is sent: a second try after a lost connection goes on with the same keys.
    const {device, invitation} = state;
    const isSecondTry = device && isSame(device.organisation, invitation.organisation) &&
        device.person === invitation.person;
    if (!isSecondTry) state.device = await enrol.newDevice(invitation, name || 'phone');
    await store.keepDevice(state.device);
    try {
      await enrol.sendEnrolment(state.invitation, state.device);
      state.invitation = undefined;
      state.fault = '';
    } catch (error) {
      state.fault = [error instanceof Refused ? 'notServed' : 'offlineEnrol'];
    }
    await show();
    if (!state.invitation) listen();
  },
  async answer(letter, what, when) {
    state.open = {};
    try {
      await inbox.answer(state.device, letter, what, when);
    } catch (error) {
      if (!(error instanceof OutOfReach)) throw error;
    }
    await changed();
  },
  async toggle(incident, panel) {
    state.open =
        state.open.id === incident && state.open.panel === panel ? {} : {id: incident, panel};
    await show();
  },
  async dismiss() {
    await store.keepSettings({refused: 0});
    await show();
  },
  async setLanguage(code) {
    await store.keepSettings({language: code});
    choose(code);
    await show();
  },
  async notify() {
    await Notification.requestPermission();
    await show();
  },
  async setPin(pin) {
    if (pin)
      await lock.setPin(pin);
    else
      await lock.removePin();
    state.hasPin = Boolean(pin);
    await show();
  },
  async unlock(pin) {
    const seconds = await lock.tryPin(pin);
    state.fault = seconds ? ['pinWrong', {n: seconds}] : '';
    state.isLocked = seconds > 0;
    await show();
  },
  remove: () => end('removed'),
};

async function changed() {
  channel.postMessage('changed');
  await show();
}

async function announce(came) {
  if (!came.includes('letter')) return;
  navigator.vibrate?.([400, 200, 400]);
  if (!document.hidden) return;
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration && Notification.permission === 'granted')
    await registration.showNotification(TITLE, {tag: 'tocsin', renotify: true, icon: '/icon.svg'});
}

// One tab at a time; the others hear of changes from it.
function listen() {
  navigator.locks.request('mailbox', async () => {
    let pause = 500;
    for (let wait = 0; state.device;) {
      poll = new AbortController();
      try {
        await inbox.sendOutbox(state.device);
        const came = await inbox.fetchLetters(state.device, wait, poll.signal);
        await store.keepSettings({contact: Date.now()});
        const isNews = came.length > 0 || state.trouble !== '' || wait === 0;
        [wait, pause, state.trouble] = [WAIT_SECONDS, 500, ''];
        if (isNews) await changed();
        await announce(came);
      } catch (error) {
        if (error instanceof inbox.Revoked) {
          channel.postMessage('gone');
          return end('gone');
        }
        if (!state.device) return undefined;
        wait = 0;
        if (poll.signal.aborted) continue;
        const isExpected = error instanceof OutOfReach || error instanceof Refused;
        if (!isExpected) console.error(error);  // and go on: a telephone must not go deaf
        const trouble = isExpected ? error.message : 'offline';
        if (trouble !== state.trouble) {
          state.trouble = trouble;
          await show();
        }
        // Drawn at random, so that a relay that comes back is not met by everybody at once.
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, Math.random() * pause);
        });
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
    return undefined;
  });
}

function onVisible() {
  if (document.hidden) {
    hiddenAt = Date.now();
    return;
  }
  state.isLocked ||= state.hasPin && Date.now() - hiddenAt >= lock.AWAY_MS;
  // A poll that slept with the telephone may be dead without knowing.
  poll?.abort();
  wake();
  show();
}

async function start() {
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', () => wake());
  window.addEventListener('hashchange', () => location.reload());  // another invitation
  channel.onmessage = async ({data}) => {
    if (data === 'gone') return location.reload();
    state.device = await store.device();
    return show();
  };
  setInterval(() => state.device && !document.hidden && show(), 30_000);  // times, and what expires

  try {
    state.device = await store.device();
    state.settings = await store.settings();
    choose(state.settings.language);
    const probe = await crypto.subtle.generateKey({name: 'Ed25519'}, false, ['sign', 'verify']);
    await crypto.subtle.generateKey({name: 'X25519'}, false, ['deriveBits']);
    state.hasPin = state.isLocked = Boolean(probe) && await lock.isSet();
  } catch {
    choose();
    state.screen = 'unsupported';
    return view.render(state, actions);
  }
  // The code is a secret: it leaves the address bar and the history before anything else.
  const code = location.hash.slice(1).replace('%3A', ':');
  if (code) history.replaceState(null, '', location.pathname);
  if (code && !state.device?.accepted)
    await actions.readCode(code);
  else
    await show();
  if (state.device && !state.invitation) listen();

  const registration = await navigator.serviceWorker?.register('/worker.js');
  if (state.screen === 'inbox') registration?.active?.postMessage('refresh');
  return undefined;
}

start();
